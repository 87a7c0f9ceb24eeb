import type { MatchReason } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useI18n } from '../../i18n';
import { useFormats } from './words';

/** At this distance in time two cities live by the same hour. */
const SAME_TIME_MINUTES = 10;

/** Why a city fits, each reason as a sentence. */
export function Reasons({ reasons }: { reasons: MatchReason[] }) {
  const sentence = useSentence();
  return (
    <ul className="dots">
      {reasons.map((reason) => (
        <li key={reason.code}>{frenchTypography(sentence(reason))}.</li>
      ))}
    </ul>
  );
}

function useSentence() {
  const { t } = useI18n();
  const { languageName } = useFormats();
  return ({ code, params }: MatchReason): string => {
    switch (code) {
      case 'same-concept':
        return t(params['by'] === 'offer' ? 'needs.reason.same-concept.offer' : 'needs.reason.same-concept.practice', params);
      case 'similar-size':
        return t('needs.reason.similar-size', { own: Number(params['own']), other: Number(params['other']) });
      case 'same-language':
        return t('needs.reason.same-language', { language: languageName(params['language'] ?? 'fr') });
      case 'near':
        return t('needs.reason.near', { km: Number(params['km']) });
      case 'same-time': {
        const minutes = Number(params['minutes']);
        return minutes <= SAME_TIME_MINUTES ? t('needs.reason.same-time.same') : t('needs.reason.same-time.apart', { minutes });
      }
      case 'available':
        return t('needs.reason.available', { form: t(`needs.form.${params['form'] as 'advice'}`).toLocaleLowerCase() });
      default:
        return t(`needs.reason.${code}`, params);
    }
  };
}
