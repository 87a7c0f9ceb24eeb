import { Route, Switch } from 'wouter';
import { ForMembers, ForSecretariat, ForWriters } from '../../ui/gate';
import ComparePage from './compare-page';
import FoldersPage from './folders-page';
import ImportPage from './import-page';
import PracticeEditorPage from './practice-editor-page';
import TasksPage from './tasks-page';
import TransferPage from './transfer-page';
import TransfersPage from './transfers-page';
import VersionsPage from './versions-page';

/** Pages of those who work with practices: they come together, apart from the library that everybody reads. */
export default function PracticeWork() {
  return (
    <Switch>
      <Route path="/pratiques/nouvelle">
        <ForWriters>
          <PracticeEditorPage />
        </ForWriters>
      </Route>
      <Route path="/pratiques/a-traiter">
        <ForMembers text="gate.guestWrites">
          <TasksPage />
        </ForMembers>
      </Route>
      <Route path="/pratiques/comparer">
        <ComparePage />
      </Route>
      <Route path="/pratiques/importer">
        <ForSecretariat>
          <ImportPage />
        </ForSecretariat>
      </Route>
      <Route path="/pratiques/dossiers">
        <FoldersPage />
      </Route>
      <Route path="/pratiques/dossiers/:id">{({ id }) => <FoldersPage key={id} id={id} />}</Route>
      <Route path="/pratiques/:ref/modifier">{({ ref }) => <PracticeEditorPage key={ref} reference={ref} />}</Route>
      <Route path="/pratiques/:ref/versions">{({ ref }) => <VersionsPage key={ref} reference={ref} />}</Route>
      <Route path="/reprises">
        <ForMembers text="gate.transfers">
          <TransfersPage />
        </ForMembers>
      </Route>
      <Route path="/reprises/:id">{({ id }) => (
          <ForMembers text="gate.transfers">
            <TransferPage key={id} id={id} />
          </ForMembers>
        )}</Route>
    </Switch>
  );
}
