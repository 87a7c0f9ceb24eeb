import { capacityText } from '../../ui';

interface Named {
  nameFr: string;
  nameEn: string;
  descriptionFr: string;
  descriptionEn: string;
}

/** Name and description in the language of the screen; where one is missing, the other stands in. */
export const nameIn = (lang: 'fr' | 'en', space: Pick<Named, 'nameFr' | 'nameEn'>) => (lang === 'fr' ? space.nameFr : space.nameEn);
export const descriptionIn = (lang: 'fr' | 'en', { descriptionFr, descriptionEn }: Named) => (lang === 'fr' ? descriptionFr || descriptionEn : descriptionEn || descriptionFr);

export const whoIs = ({ function: office, organisation }: { function: string; organisation: string }) => (organisation ? capacityText(office, organisation) : office);
