import type { ProjectRow } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link } from 'wouter';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Empty, Flag, Icon, Loaded } from '../../ui';
import { ActiveFilters, FacetColumn, More, RefineButton, useFacets } from '../../ui/facets';
import { useWriter } from '../../ui/gate';
import { useThesaurus } from '../../ui/thesaurus';
import { usePanel } from './panel';
import { boardQuery, type Filters, projectsQuery } from './projects.api';
import { useFormats } from './words';
import './projects.css';

const FACETS = ['theme', 'stage', 'country', 'sought'] as const;

/** The projects of the network, as a list or by stage. */
export default function ProjectsPage() {
  const { t } = useI18n();
  const state = useFacets(FACETS);
  const board = state.params.get('vue') === 'tableau';
  const sort = state.params.get('sort') ?? 'recent';
  const projects = useInfiniteQuery(projectsQuery(state.filters, sort));
  const first = projects.data?.pages[0];
  const panel = usePanel(state, FACETS, first?.facets);
  usePage(t('projects.title'), { columns: board ? 'page-1' : 'page-l' });
  return (
    <>
      {!board && <FacetColumn panel={panel} />}
      <div>
        <h1>{t('projects.title')}</h1>
        <p className="soft mt-2">{t('projects.lead')}</p>
        {first && (
          <p className="meta mt-2" role="status">
            {t('projects.count', { count: first.total })}
          </p>
        )}
        <YourPart />
        <div className="tools">
          <RefineButton panel={panel} show={t('projects.show', { count: first?.total ?? 0 })} always={board} />
          <div className="seg" role="group" aria-label={t('practices.display')}>
            {(['liste', 'tableau'] as const).map((view) => (
              <button key={view} type="button" aria-pressed={board === (view === 'tableau')} onClick={() => state.set('vue', view)}>
                <Icon name={view === 'liste' ? 'list' : 'compare'} small />
                {t(view === 'liste' ? 'projects.list' : 'projects.board')}
              </button>
            ))}
          </div>
          {!board && <Sort sort={sort} onSort={(next) => state.set('sort', next)} />}
        </div>
        <ActiveFilters panel={panel} />
        {board ? (
          <Board filters={state.filters} />
        ) : (
          <Loaded query={projects}>
            {({ pages }) => {
              const items = pages.flatMap((page) => page.items);
              if (items.length === 0) return <Empty title={t('projects.empty')} text={t('projects.emptyText')} />;
              return (
                <>
                  <h2 className="vh">{t('projects.results')}</h2>
                  <ul>
                    {items.map((project) => (
                      <li key={project.id} className="hit">
                        <Row project={project} />
                      </li>
                    ))}
                  </ul>
                  <More query={projects} />
                </>
              );
            }}
          </Loaded>
        )}
      </div>
    </>
  );
}

function YourPart() {
  const { t } = useI18n();
  const writer = useWriter();
  return (
    <p className="row mt-3">
      {writer && (
        <Link className="btn btn-p" href="/projets/nouveau">
          <Icon name="plus" small /> {t('projects.create')}
        </Link>
      )}
      <Link className="btn btn-q" href="/besoins">
        {t('projects.needs')}
      </Link>
    </p>
  );
}

function Sort({ sort, onSort }: { sort: string; onSort: (sort: string) => void }) {
  const { t } = useI18n();
  const id = useId();
  return (
    <div className="push">
      <label className="vh" htmlFor={id}>
        {t('practices.sort')}
      </label>
      <select className="in in-tool" id={id} value={sort} onChange={(event) => onSort(event.target.value)}>
        {(['recent', 'newest', 'title'] as const).map((one) => (
          <option key={one} value={one}>
            {t(`projects.sorts.${one}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Place({ project }: { project: ProjectRow }) {
  const { t, countryName } = useI18n();
  return (
    <p className="place">
      <Flag country={project.lead.country} />
      <b>{project.lead.name}</b>
      <span className="meta">
        {countryName(project.lead.country)}
        {project.joined.length > 0 && `, ${t('projects.with', { count: project.joined.length })}`}
      </span>
    </p>
  );
}

function Row({ project }: { project: ProjectRow }) {
  const { t } = useI18n();
  const { period, money, percent } = useFormats();
  const { themeName } = useThesaurus();
  return (
    <article>
      <Place project={project} />
      <h3 className="mt-1">
        <Link href={`/projets/${project.ref}`}>{frenchTypography(project.title)}</Link>
      </h3>
      <p className="row meta mt-2">
        <span className="tag tag-ok">{t(`projects.stage.${project.stage}`)}</span>
        <span>{themeName(project.theme)}</span>
        <span>{period(project.start, project.end) || t('projects.noDate')}</span>
        {project.budget > 0 && <span>{money(project.budget, project.currency)}</span>}
        {project.citiesShare !== null && <span>{t('projects.percent', { value: percent(project.citiesShare) })}</span>}
      </p>
      {project.sought.length > 0 && (
        <p className="meta mt-1">
          {t('projects.facet.sought')} : {project.sought.map((kind) => t(`projects.sought.${kind}`).toLocaleLowerCase()).join(', ')}
        </p>
      )}
    </article>
  );
}

/** A column for each stage; on phones they follow each other. */
function Board({ filters }: { filters: Filters }) {
  const { t } = useI18n();
  const board = useQuery(boardQuery(filters));
  return (
    <Loaded query={board}>
      {({ columns }) => (
        <div className="board" role="group" aria-label={t('projects.boardLabel')} tabIndex={0}>
          {columns
            .filter(({ stage, count }) => stage !== 'stopped' || count > 0)
            .map(({ stage, count, items }) => (
              <section key={stage}>
                <h2>
                  {t(`projects.stage.${stage}`)} <span className="num meta">{count}</span>
                </h2>
                {items.length === 0 && <p className="meta mt-2">{t('projects.emptyColumn')}</p>}
                <ul>
                  {items.map((project) => (
                    <li key={project.id}>
                      <Place project={project} />
                      <h3>
                        <Link href={`/projets/${project.ref}`}>{frenchTypography(project.title)}</Link>
                      </h3>
                      <p className="meta">{project.milestones.total > 0 ? t('projects.milestoneCount', { count: project.milestones.total, done: project.milestones.done }) : t('projects.noMilestones')}</p>
                    </li>
                  ))}
                </ul>
                {count > items.length && (
                  <p className="mt-2">
                    <Link href={`/projets?stage=${stage}`}>{t('projects.moreInList')}</Link>
                  </p>
                )}
              </section>
            ))}
        </div>
      )}
    </Loaded>
  );
}
