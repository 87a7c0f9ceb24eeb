import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '../errors.js';
import type { Actor } from './actor.js';
import { SESSION_COOKIE, SessionStore } from './session.store.js';

const PUBLIC = 'passerelle:public';
/** A route that answers without a session; all others are refused by default. */
export const Public = () => SetMetadata(PUBLIC, true);

const FRESH = 'passerelle:fresh';
/** A route that wants to know again who acts: a session that has not shown it for ten minutes gets 403 `fresh-sign-in-required`. */
export const FreshSignIn = () => SetMetadata(FRESH, true);

const BEFORE_FACTOR = 'passerelle:before-factor';
/** A route that answers also while a second factor is demanded and missing: what it takes to set one up, and to leave. */
export const BeforeFactor = () => SetMetadata(BEFORE_FACTOR, true);

interface SessionRequest {
  cookies: Record<string, string | undefined>;
  actor?: Actor;
}

/** The signed-in actor of the request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<SessionRequest>();
  if (!actor) throw new DomainError('unauthenticated', 'unauthenticated');
  return actor;
});

@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionStore,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<SessionRequest>();
    const token = request.cookies[SESSION_COOKIE];
    const actor = token ? await this.sessions.resolve(token) : null;
    if (!actor) throw new DomainError('unauthenticated', 'unauthenticated');
    if (actor.factorDue && !this.reflector.getAllAndOverride<boolean>(BEFORE_FACTOR, [context.getHandler(), context.getClass()])) throw new DomainError('second-factor-demanded', 'forbidden');
    const fresh = this.reflector.getAllAndOverride<boolean>(FRESH, [context.getHandler(), context.getClass()]);
    if (fresh && !(await this.sessions.isFresh(actor.sessionId))) throw new DomainError('fresh-sign-in-required', 'forbidden');
    request.actor = actor;
    return true;
  }
}
