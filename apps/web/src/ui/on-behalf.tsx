import type { OnBehalf } from '@passerelle/contract';
import { type I18n, useI18n } from '../i18n';

/** "par délégation de Madame la Maire de Dakar", "par le secrétariat, pour…". */
export const onBehalfText = ({ by, of }: OnBehalf, { t }: Pick<I18n, 't'>): string => t(`delegations.by.${by}`, { of });

/** In whose name somebody acted, beside their own function; nothing where it was their own. */
export function ForWhom({ onBehalf }: { onBehalf: OnBehalf | null | undefined }) {
  const i18n = useI18n();
  return onBehalf ? <b>{onBehalfText(onBehalf, i18n)}</b> : null;
}
