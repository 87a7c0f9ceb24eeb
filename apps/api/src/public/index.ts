export { PublicModule } from './public.module.js';

/** Addresses that do not stand under `/api`. */
export const PUBLIC_PATHS = ['public', 'public/*path', 'robots.txt', 'sitemap.xml', '.well-known/security.txt'];
