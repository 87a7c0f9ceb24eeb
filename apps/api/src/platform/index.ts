export * from './auth/actor.js';
export { AuthGuard, CurrentActor, Public } from './auth/auth.guard.js';
export { hashToken, SESSION_COOKIE, SessionStore } from './auth/session.store.js';
export { decodeCursor, encodeCursor } from './cursor.js';
export { Database, type Sql } from './database/database.js';
export { ENV, type Env } from './env.js';
export * from './errors.js';
export { isDatabaseUnavailable, toProblem } from './http/problem.filter.js';
export { Mailer } from './mail/mailer.js';
