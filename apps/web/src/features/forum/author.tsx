import type { AuthorView } from '@passerelle/contract';
import { type I18n, useI18n } from '../../i18n';
import { Capacity, capacityText, Flag, Icon } from '../../ui';

type Named = Pick<AuthorView, 'function' | 'organisation' | 'country' | 'withheld'>;

/** Who wrote, as far as the thread tells: function and city, or "a member of the network". */
export function authorText({ function: office, organisation, withheld }: Named, { t }: Pick<I18n, 't'>): string {
  if (!withheld) return capacityText(office, organisation);
  return withheld.region ? t('forum.naming.of', { region: t(`forum.naming.regions.${withheld.region}`) }) : t('forum.naming.member');
}

/** The same within a sentence. */
export const authorWithin = (author: Named, i18n: Pick<I18n, 't'>) => (author.withheld ? lowered(authorText(author, i18n)) : authorText(author, i18n));

/** The city, where a sentence has room for no more. */
export const cityText = ({ organisation, withheld }: Pick<AuthorView, 'organisation' | 'withheld'>, { t }: Pick<I18n, 't'>) => (withheld ? lowered(t('forum.naming.member')) : organisation);

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

export function Author({ author }: { author: Named }) {
  const i18n = useI18n();
  return author.withheld ? <span>{authorText(author, i18n)}</span> : <Capacity title={author.function} city={author.organisation} />;
}

/** The flag of the author's country, or that it is not told. */
export const AuthorMark = ({ author }: { author: Named }) => (author.withheld ? <Icon name="people" small /> : <Flag country={author.country} />);
