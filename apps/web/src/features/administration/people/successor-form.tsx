import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { v7 as uuid } from 'uuid';
import { api } from '../../../app/api';
import { useI18n } from '../../../i18n';
import { Loaded } from '../../../ui';
import { ActForm, type MandateFormProps, useMandateAct } from './mandate-forms';
import { successorsQuery } from './people.api';

/** Names who follows in an office, of those who hold one in the same city. */
export function SuccessorForm({ mandate, person, onDone }: MandateFormProps) {
  const { t } = useI18n();
  const field = useId();
  const successors = useQuery(successorsQuery(mandate.id));
  const [id] = useState(() => uuid());
  const [chosen, setChosen] = useState('');
  const to = chosen || successors.data?.items[0]?.mandateId;
  const act = useMandateAct(() => api.post('/api/hand-overs', { id, from: mandate.id, to }), onDone);
  return (
    <Loaded query={successors}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="soft mt-3">
            {t('people.nobody')} <Link href="/invitations">{t('people.invite')}</Link>
          </p>
        ) : (
          <ActForm
            title={t('people.handOverTitle')}
            text={t('people.handOverText')}
            button={t('people.handOverDo')}
            act={act}
            person={person}
          >
            <div className="field">
              <label htmlFor={field}>{t('people.whoFollows')}</label>
              <select className="in" id={field} value={to} onChange={(event) => setChosen(event.target.value)}>
                {items.map((one) => (
                  <option key={one.mandateId} value={one.mandateId}>
                    {one.name}, {one.function}
                  </option>
                ))}
              </select>
            </div>
          </ActForm>
        )
      }
    </Loaded>
  );
}
