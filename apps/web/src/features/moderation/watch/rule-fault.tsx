import { useI18n } from '../../../i18n';
import { Icon } from '../../../ui';
import type { RuleFault } from './rule-draft';

/** Says in its place what is missing. */
export function RuleFaultNote({ field, faults }: { field: RuleFault; faults: RuleFault[] }) {
  const { t } = useI18n();
  if (!faults.includes(field)) return null;
  return (
    <p className="err" id={`rule-${field}-fault`}>
      <Icon name="alert" small /> {t(`watch.missing.${field}`)}
    </p>
  );
}
