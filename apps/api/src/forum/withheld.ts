import type { AuthorView, Region } from '@passerelle/contract';

const COUNTRIES: Record<Region, string> = {
  'west-africa': 'BF BJ CI CV GH GM GN GW LR ML MR NE NG SL SN TG',
  'central-africa': 'AO BI CD CF CG CM GA GQ RW ST TD',
  'east-africa': 'DJ KE KM MG MU MZ RE SC TZ UG YT',
  'north-africa': 'DZ EG LY MA SD TN',
  europe: 'AD AL AM AT BA BE BG BY CH CY CZ DE ES FI FR GB GE GR HR HU IE IT LT LU LV MC MD ME MK NL PL PT RO RS RU SE SI SK SM UA XK',
  americas: 'AR BR CA CL CO DM DO GF GP HT LC MQ MX PM US UY',
  'middle-east': 'AE IL IQ IR JO LB PS QA SA SY TR',
  'asia-pacific': 'AU CN IN JP KH KR LA MM NC PF TH VN VU WF',
};
const REGIONS = new Map((Object.entries(COUNTRIES) as [Region, string][]).flatMap(([region, list]) => list.split(' ').map((country) => [country, region] as const)));

/** The part of the world of a country, wide enough to name nobody; null where none is. */
export const regionOf = (country: string): Region | null => REGIONS.get(country) ?? null;

/** Who wrote, in a thread that withholds names. The words are for programs; screens have their own. */
export const withheldAuthor = (region: Region | null): AuthorView => ({
  name: 'Un membre du réseau', function: 'Un membre du réseau', organisation: '', organisationSlug: '', country: '', withheld: { region },
});
