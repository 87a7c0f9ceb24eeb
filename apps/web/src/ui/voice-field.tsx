import type { VoiceView } from '@passerelle/contract';
import { useId } from 'react';
import { myCapacity, useMe } from '../app/queries';
import { useI18n } from '../i18n';
import { capacityText } from './capacity';
import { onBehalfText } from './on-behalf';

/** In whose name one writes: the own, or that of somebody who has delegated. One that has ended meanwhile stays chosen until it's changed. */
export default function VoiceField({ voices, value, onChange }: { voices: VoiceView[]; value: string; onChange: (voice: string) => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const id = useId();
  const me = useMe();
  const capacity = myCapacity(me);
  const isOver = value !== '' && !voices.some((voice) => voice.id === value);
  return (
    <div className="field">
      <label htmlFor={id}>{t('delegations.speakAs')}</label>
      <select className="in" id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('delegations.ownName', { capacity: capacity ? capacityText(capacity.function, capacity.organisation.name) : me.account.name })}</option>
        {voices.map((voice) => (
          <option key={voice.id} value={voice.id}>
            {onBehalfText(voice, i18n)}
          </option>
        ))}
        {isOver && <option value={value}>{t('delegations.over')}</option>}
      </select>
    </div>
  );
}
