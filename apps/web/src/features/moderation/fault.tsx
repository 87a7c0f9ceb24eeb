import { useI18n } from '../../i18n';
import { Icon } from '../../ui';

/** Parts of the statement of reasons that may be missing. */
export const PARTS = ['rule', 'facts', 'measure', 'replacement', 'destination', 'duration', 'remedy'] as const;
export type Missing = (typeof PARTS)[number];

/** Says in its place what is missing. */
export function Fault({ field, missing }: { field: Missing; missing: Missing[] }) {
  const { t } = useI18n();
  if (!missing.includes(field)) return null;
  return (
    <p className="err" id={`${field}-fault`}>
      <Icon name="alert" small /> {t(`moderation.missing.${field}`)}
    </p>
  );
}
