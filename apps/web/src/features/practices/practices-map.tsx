import type { OrganisationRow, Page, PracticeRow } from '@passerelle/contract';
import { frenchTypography } from '@passerelle/text';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useI18n } from '../../i18n';
import { Flag, Loaded } from '../../ui';
import { organisationsQuery } from '../../app/organisations';
import { NetworkMap } from '../../ui/map/network-map';

/** The practices that were found, by city: a map and the same as a list. */
export default function PracticesMap({ practices }: { practices: PracticeRow[] }) {
  const { t } = useI18n();
  const organisations = useQuery(organisationsQuery);
  const byCity = new Map<string, PracticeRow[]>();
  for (const practice of practices)
    if (practice.city.slug) byCity.set(practice.city.slug, [...(byCity.get(practice.city.slug) ?? []), practice]);
  return (
    <Loaded query={organisations}>
      {(rows: Page<OrganisationRow>['items']) => (
        <>
          <NetworkMap
            label={t('practices.mapLabel')}
            points={rows.flatMap((row) => {
              const found = byCity.get(row.slug);
              return found && row.longitude !== null && row.latitude !== null
                ? [{ name: row.name, longitude: row.longitude, latitude: row.latitude, weight: found.length, labelled: true }]
                : [];
            })}
          />
          <p className="meta mt-2">{t('practices.mapNote')}</p>
          <ul className="list mt-4">
            {practices.map((practice) => (
              <li key={practice.id}>
                <Flag country={practice.city.country} />
                <span>
                  <Link href={`/pratiques/${practice.ref}`}>{frenchTypography(practice.title)}</Link>
                  <span className="meta">{practice.city.name}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}
