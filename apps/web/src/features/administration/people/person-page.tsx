import { type PersonView, Role } from '@passerelle/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { api } from '../../../app/api';
import { usePage } from '../../../app/page';
import { useMe } from '../../../app/queries';
import { useI18n } from '../../../i18n';
import { announce, Loaded } from '../../../ui';
import { useFreshAct } from '../../../ui/fresh-sign-in';
import { ActProblem } from './act-problem';
import { AddMandate } from './add-mandate';
import { Factors } from './factor-reset';
import { Mandate } from './mandate';
import { personQuery } from './people.api';

/** One person for the secretariat: the account, its role, and the mandates with what can be done about each. */
export default function PersonPage({ id }: { id: string }) {
  const { t } = useI18n();
  const person = useQuery(personQuery(id));
  usePage(person.data?.name ?? t('people.title'), { back: { href: '/administration/personnes', label: t('people.title') } });
  return <Loaded query={person}>{(view) => <Person person={view} />}</Loaded>;
}

function Person({ person }: { person: PersonView }) {
  const { t, formatDay } = useI18n();
  return (
    <div>
      <h1 className="h-long">{person.name}</h1>
      <p className="meta mt-2">{person.email}</p>
      <p className="meta">{person.lastVisitAt ? t('people.visited', { day: formatDay(person.lastVisitAt) }) : t('people.never')}</p>
      <RoleForm key={person.role} person={person} />
      <Factors person={person} />
      <section className="sec">
        <h2>{t('people.mandates')}</h2>
        {person.mandates.length === 0 && <p className="soft mt-2">{t('people.noMandate')}</p>}
        {person.mandates.map((mandate) => (
          <Mandate key={mandate.id} mandate={mandate} person={person.id} />
        ))}
        <AddMandate person={person.id} />
      </section>
    </div>
  );
}

function RoleForm({ person }: { person: PersonView }) {
  const { t } = useI18n();
  const me = useMe();
  const cache = useQueryClient();
  const [role, setRole] = useState(person.role);
  const save = useFreshAct(
    () => api.put<PersonView>(`/api/people/${person.id}/role`, { was: person.role, role }),
    (view) => {
      cache.setQueryData(personQuery(person.id).queryKey, view);
      announce(t('people.roleSet'));
    },
  );
  const isOwn = person.accountId === me.account.id;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.run();
  };
  return (
    <form className="sec" onSubmit={submit}>
      <h2>{t('people.role')}</h2>
      {isOwn && <p className="soft mt-2">{t('people.ownRole')}</p>}
      <p className="row mt-2">
        <select
          className="in"
          aria-label={t('people.role')}
          value={role}
          disabled={isOwn}
          onChange={(event) => setRole(Role.parse(event.target.value))}
        >
          {Role.options.map((one) => (
            <option key={one} value={one}>
              {t(`people.roles.${one}`)}
            </option>
          ))}
        </select>
        {!isOwn && (
          <button type="submit" className="btn" disabled={role === person.role || save.pending}>
            {t('people.setRole')}
          </button>
        )}
      </p>
      {role === 'guest' && person.role !== 'guest' && <p className="soft mt-2">{t('people.guestLeaves')}</p>}
      {save.error && <ActProblem error={save.error} person={person.id} />}
      {save.asking}
    </form>
  );
}
