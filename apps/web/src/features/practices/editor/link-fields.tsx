import type { ProjectsPage } from '@passerelle/contract';
import { useQuery } from '@tanstack/react-query';
import { api, withQuery } from '../../../app/api';
import { organisationsQuery } from '../../../app/organisations';
import { myCapacity, useMe } from '../../../app/queries';
import { useI18n } from '../../../i18n';
import { Icon } from '../../../ui';
import type { PartProps } from './part-props';

/** Other cities that hold the practice, and the project of the city that it came from. */
export function LinkFields({ content, write, problem }: PartProps) {
  return (
    <>
      <CoHolders content={content} write={write} problem={problem} />
      <LinkedProject content={content} write={write} problem={problem} />
    </>
  );
}

const MAX = 10;

function CoHolders({ content: { coHolders }, write, problem }: PartProps) {
  const { t } = useI18n();
  const own = myCapacity(useMe())?.organisation.slug;
  const all = useQuery(organisationsQuery).data ?? [];
  const nameOf = (slug: string) => all.find((one) => one.slug === slug)?.name ?? slug;
  return (
    <div className="field">
      <label htmlFor="co-holders">{t('editor.part.coHolders')}</label>
      <p className="hint" id="co-holders-hint">
        {t('editor.part.coHoldersHint')}
      </p>
      {coHolders.length > 0 && (
        <p className="row mt-2">
          {coHolders.map((slug) => (
            <button key={slug} type="button" className="chip" aria-label={t('editor.part.coHolderRemove', { name: nameOf(slug) })} onClick={() => write({ coHolders: coHolders.filter((one) => one !== slug) })}>
              {nameOf(slug)} <Icon name="close" small />
            </button>
          ))}
        </p>
      )}
      {coHolders.length < MAX && (
        <select className="in mt-2" id="co-holders" aria-describedby="co-holders-hint" value="" onChange={(event) => event.target.value && write({ coHolders: [...coHolders, event.target.value] })}>
          <option value="">{t('editor.part.coHolderAdd')}</option>
          {all
            .filter(({ slug }) => slug !== own && !coHolders.includes(slug))
            .map(({ slug, name, countryName }) => (
              <option key={slug} value={slug}>
                {name}, {countryName}
              </option>
            ))}
        </select>
      )}
      {problem('coHolders') && <p className="err">{problem('coHolders')}</p>}
    </div>
  );
}

function LinkedProject({ content: { linkedProject }, write, problem }: PartProps) {
  const { t } = useI18n();
  const own = myCapacity(useMe())?.organisation.slug ?? '';
  const projects = useQuery({ queryKey: ['projects', 'of-city', own], queryFn: () => api.get<ProjectsPage>(withQuery('/api/projects', { organisation: own, limit: 100 })), enabled: own !== '' }).data?.items ?? [];
  if (projects.length === 0 && !linkedProject) return null;
  return (
    <div className="field">
      <label htmlFor="linked-project">{t('editor.part.linkedProject')}</label>
      <select className="in" id="linked-project" value={linkedProject ?? ''} onChange={(event) => write({ linkedProject: event.target.value || null })}>
        <option value="">{t('editor.part.noProject')}</option>
        {linkedProject && !projects.some(({ ref }) => ref === linkedProject) && <option value={linkedProject}>{linkedProject}</option>}
        {projects.map(({ ref, title }) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </select>
      {problem('linkedProject') && <p className="err">{problem('linkedProject')}</p>}
    </div>
  );
}
