import { MandateState, type PersonView, Role } from '@passerelle/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { Link, useSearchParams } from 'wouter';
import { usePage } from '../../../app/page';
import { useI18n } from '../../../i18n';
import { Capacity, Empty, Flag, Loaded } from '../../../ui';
import { More } from '../../../ui/facets';
import { Covers } from '../../../ui/themes-field';
import { peopleQuery } from './people.api';

/** Everybody with an account: found by name, office, city or address, by role and by where a mandate stands. The address of the page keeps the question. */
export default function PeoplePage() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const of = (name: string) => params.get(name) ?? '';
  const set = (name: string, value: string) =>
    setParams(
      (old) => {
        if (value === '') old.delete(name);
        else old.set(name, value);
        return old;
      },
      { replace: true },
    );
  const people = useInfiniteQuery(peopleQuery(useDeferredValue({ q: of('q'), role: of('role'), state: of('mandat') })));
  usePage(t('people.title'), { back: { href: '/administration', label: t('administration.title') } });
  return (
    <div>
      <h1>{t('people.title')}</h1>
      <p className="soft mt-2">{t('people.lead')}</p>
      <search className="mt-4">
        <div className="field">
          <label htmlFor="find">{t('people.find')}</label>
          <input
            className="in"
            id="find"
            type="search"
            maxLength={100}
            value={of('q')}
            onChange={(event) => set('q', event.target.value)}
          />
        </div>
        <div className="cols2 mt-4">
          <Filter
            id="role"
            label={t('people.role')}
            value={of('role')}
            options={Role.options.map((role) => [role, t(`people.roles.${role}`)])}
            onChange={(role) => set('role', role)}
          />
          <Filter
            id="mandat"
            label={t('people.state')}
            value={of('mandat')}
            options={MandateState.options.map((state) => [state, t(`people.states.${state}`)])}
            onChange={(state) => set('mandat', state)}
          />
        </div>
      </search>
      <Loaded query={people}>
        {({ pages }) =>
          pages[0]?.items.length === 0 ? (
            <Empty title={t('people.none')} text={t('people.noneText')} />
          ) : (
            <>
              <ul className="list mt-4">{pages.flatMap((page) => page.items.map((person) => <Row key={person.id} person={person} />))}</ul>
              <More query={people} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Filter({
  id,
  label,
  value,
  options,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  options: [string, string][];
  onChange: (value: string) => void;
}) {
  const { t } = useI18n();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select className="in" id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('people.any')}</option>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Row({ person }: { person: PersonView }) {
  const { t } = useI18n();
  return (
    <li>
      <div className="min0">
        <Link href={`/administration/personnes/${person.id}`}>{person.name}</Link>
        {person.role !== 'member' && <span className="meta">{t(`people.roles.${person.role}`)}</span>}
        {person.mandates.length === 0 && <span className="meta">{t('people.noMandate')}</span>}
        {person.mandates.map((mandate) => (
          <p key={mandate.id} className="place mt-1">
            <Flag country={mandate.organisation.country} />
            <Capacity title={mandate.function} city={mandate.organisation.name} />
            {mandate.state !== 'in-force' && <span className="meta">{t(`people.states.${mandate.state}`)}</span>}
            <Covers themes={mandate.themes} />
          </p>
        ))}
      </div>
    </li>
  );
}
