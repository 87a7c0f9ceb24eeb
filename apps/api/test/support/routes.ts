import type { TestApp } from './app.js';

/** `GET /api/posts/:id` for each route of the router; `ALL` where one handler takes any method. HEAD is the twin of GET. */
export function routesOf(app: TestApp): string[] {
  const places: string[] = [];
  const tree: string = app.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  return tree.split('\n').flatMap((line) => {
    const [, branch = '', place = '', methods = ''] = /^(.*── )(\S+)(?: \((.+)\))?$/.exec(line) ?? [];
    places.splice(branch.length / 4 - 1, Infinity, place);
    const each = methods.includes('TRACE') ? ['ALL'] : methods.split(', ').filter((method) => method && method !== 'HEAD');
    return each.map((method) => `${method} ${places.join('')}`);
  });
}

/**
 * Routes that no request of the list goes to. A fixed path is a route of its own, not a value of a place:
 * `GET /api/threads/similar` says nothing of `GET /api/threads/:id`.
 */
export function untried(routes: string[], requests: string[]): string[] {
  return routes.filter((route) => {
    const pattern = new RegExp(`^${route.replace(/^ALL/, '\\w+').replace(/\*/g, '.*').replace(/:\w+/g, '[^/]+')}$`);
    return !requests.some((request) => pattern.test(request) && (request === route || !routes.includes(request)));
  });
}
