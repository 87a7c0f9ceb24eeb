import type { ProjectView } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../../app/api';
import { myCapacity, useMe } from '../../app/queries';
import { useI18n } from '../../i18n';
import { ErrorNote, Flag } from '../../ui';
import { StepSheet } from '../../ui/steps';
import { ForWhom } from '../../ui/on-behalf';
import { projectQuery } from './projects.api';

/** Who takes part, since when; the reader's own city comes in or goes. */
export function Cities({ project }: { project: ProjectView }) {
  const { t, formatDay } = useI18n();
  const [asking, setAsking] = useState<'join' | 'leave'>();
  const possible = (['join', 'leave'] as const).filter((act) => project.abilities[act]);
  return (
    <section>
      <h2>{t('projects.cities')}</h2>
      <ul className="list mt-2">
        {project.cities.map((city) => (
          <li key={`${city.slug} ${city.joinedAt}`}>
            <Flag country={city.country} />
            <div>
              <Link href={`/villes/${city.slug}`}>
                <b>{city.name}</b>
              </Link>
              {city.lead && `, ${t('projects.leadCity')}`}
              <span className="meta">{city.leftAt ? t('projects.leftOn', { day: formatDay(city.leftAt) }) : t('projects.joinedOn', { day: formatDay(city.joinedAt) })}</span>
              <ForWhom onBehalf={city.onBehalf} />
            </div>
          </li>
        ))}
      </ul>
      {possible.map((act) => (
        <p key={act} className="mt-3">
          <button type="button" className={act === 'join' ? 'btn' : 'btn btn-q'} onClick={() => setAsking(act)}>
            {t(`projects.${act}`)}
          </button>
        </p>
      ))}
      {asking && <MembershipSheet project={project} act={asking} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

function MembershipSheet({ project, act, onClose }: { project: ProjectView; act: 'join' | 'leave'; onClose: () => void }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const city = myCapacity(useMe())?.organisation.name ?? '';
  const path = `/api/projects/${project.ref}/membership`;
  const change = useMutation({
    mutationFn: () => (act === 'join' ? api.put<ProjectView>(path) : api.delete<ProjectView>(path)),
    onSuccess: (view) => {
      cache.setQueryData(projectQuery(project.ref).queryKey, view);
      void cache.invalidateQueries({ queryKey: ['projects'] });
      onClose();
    },
  });
  return (
    <StepSheet label={t(`projects.${act}`)} take={change} onClose={onClose}>
      <p>{t(act === 'join' ? 'projects.joinText' : 'projects.leaveText', { city })}</p>
      {change.error && <ErrorNote error={change.error} />}
    </StepSheet>
  );
}
