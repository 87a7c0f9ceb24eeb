const HREF = /<a [^>]*?href="([^"]*)"/g;
const WEB = /^https?:\/\//i;

/** A domain as browsers compare it, or null for what is none: `https://www.Exemple.com/page`, `*.exemple.com` and `exemple.com` are one, as each stands for those below it. */
export function readDomain(text: string): string | null {
  try {
    const { hostname } = new URL(WEB.test(text) ? text : `http://${text}`);
    const domain = hostname.toLowerCase().replace(/^(?:\*\.)?(?:www\.)?/, '').replace(/\.$/, '');
    return domain.includes('.') && !domain.includes('*') ? domain : null;
  } catch {
    return null;
  }
}

/** Domains of the links out of the platform in the rendered text of a message. */
export function domainsOf(html: string, own: string): string[] {
  const found = new Set<string>();
  for (const [, href = ''] of html.matchAll(HREF)) {
    const domain = WEB.test(href) ? readDomain(href.replaceAll('&amp;', '&')) : null;
    if (domain && domain !== own) found.add(domain);
  }
  return [...found];
}

/** The domain itself or one above it is in the list. */
export function isBelow(domain: string, list: ReadonlySet<string>): boolean {
  for (let rest = domain; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) if (list.has(rest)) return true;
  return false;
}
