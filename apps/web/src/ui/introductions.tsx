import type { IntroductionsPage, IntroductionView } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../app/api';
import { type I18n, type TextKey, useI18n } from '../i18n';
import { Flag } from './graphics';

/** Where it stands, told to the side that reads. */
export function introductionText({ state, side, asker, helper }: IntroductionView, t: I18n['t']): string {
  const key = state === 'proposed' || state === 'accepted-by-a' ? `${state}.${side}` : state;
  return t(`needs.intro.${key}` as TextKey, { asker: asker.name, helper: helper.name });
}

/** Introductions that wait for a yes or a no of the reader's city. */
export function WaitingIntroductions() {
  const { t } = useI18n();
  const { data } = useQuery({ queryKey: ['introductions', 'waiting'], queryFn: () => api.get<IntroductionsPage>('/api/introductions?open=true&limit=50') });
  const waiting = data?.items.filter(({ actions }) => actions.some((action) => action.startsWith('accept'))) ?? [];
  if (waiting.length === 0) return null;
  return (
    <section className="mt-4">
      <h2>{t('needs.tab.relations')}</h2>
      <ul className="list mt-3">
        {waiting.map((introduction) => (
          <li key={introduction.id}>
            <Flag country={(introduction.side === 'helper' ? introduction.asker : introduction.helper).country} />
            <div className="min0">
              <Link href={`/besoins/${introduction.need.id}`}>{frenchTypography(introduction.need.title)}</Link>
              <span className="meta">{introductionText(introduction, t)}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
