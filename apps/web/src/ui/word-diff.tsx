import { diffWords } from 'diff';
import { useI18n } from '../i18n';

/** The later text with what was added to the earlier one and what was taken away. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  const { t } = useI18n();
  return (
    <p className="pre mt-2">
      {diffWords(before, after).map((part, index) =>
        part.added ? (
          <ins key={index} className="ins">
            <span className="vh">{t('forum.history.added')} : </span>
            {part.value}
          </ins>
        ) : part.removed ? (
          <del key={index} className="del">
            <span className="vh">{t('forum.history.removed')} : </span>
            {part.value}
          </del>
        ) : (
          part.value
        ),
      )}
    </p>
  );
}
