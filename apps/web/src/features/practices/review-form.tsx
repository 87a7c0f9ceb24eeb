import { type PracticeStandingView, type PracticeView, REVIEW_CRITERIA, type ReviewBody } from '@passerelle/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote } from '../../ui';
import { practiceQuery } from './practices.api';

type Review = PracticeStandingView['reviews'][number];
const EMPTY = { evidence: 2, usefulness: 2, clarity: 2, sustainability: 2, inclusion: 2 };

/** The expert's grid of five criteria from 0 to 4, with private advice. */
export function ReviewForm({ practice, review }: { practice: PracticeView; review: Review }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const id = useId();
  const [grid, setGrid] = useState<ReviewBody['grid']>({ ...EMPTY, ...review.grid });
  const [advice, setAdvice] = useState(review.advice);
  const give = useMutation({
    mutationFn: () => api.put<PracticeView>(`/api/practices/${practice.ref}/review`, { grid, advice }),
    onSuccess: (view) => {
      cache.setQueryData(practiceQuery(practice.ref).queryKey, view);
      void cache.invalidateQueries({ queryKey: ['practice-tasks'] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate();
      }}
    >
      <fieldset className="field">
        <legend>{t('desk.grid')}</legend>
        {REVIEW_CRITERIA.map((criterion) => (
          <div key={criterion} className="row mt-2">
            <label htmlFor={`${id}${criterion}`}>{t(`desk.criterion.${criterion}`)}</label>
            <select
              id={`${id}${criterion}`}
              className="in in-s push"
              value={grid[criterion]}
              onChange={(event) => setGrid({ ...grid, [criterion]: Number(event.target.value) })}
            >
              {[0, 1, 2, 3, 4].map((mark) => (
                <option key={mark} value={mark}>
                  {mark}
                </option>
              ))}
            </select>
          </div>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}a`}>{t('desk.advice')}</label>
        <p className="hint">{t('desk.adviceHint')}</p>
        <textarea id={`${id}a`} className="in" rows={4} value={advice} onChange={(event) => setAdvice(event.target.value)} />
      </div>
      {give.error && <ErrorNote error={give.error} />}
      <p className="row mt-3">
        <button type="submit" className="btn btn-p" disabled={give.isPending}>
          {review.givenAt ? t('desk.giveAgain') : t('desk.give')}
        </button>
        {review.givenAt && <span className="meta">{t('desk.given')}</span>}
      </p>
    </form>
  );
}

/** What experts said, as far as the reader may know it. */
export function ReviewResults({ reviews }: { reviews: Review[] }) {
  const { t } = useI18n();
  if (reviews.length === 0) return null;
  return (
    <ul className="list">
      {reviews.map((review) => (
        <li key={review.id}>
          <div>
            <b>{review.function || t('desk.expert')}</b>
            <span className="meta">
              {review.grid &&
                REVIEW_CRITERIA.map((criterion) => `${t(`desk.criterion.${criterion}`)} ${review.grid?.[criterion] ?? ''}/4`).join(', ')}
            </span>
            {review.advice && <p>{review.advice}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
