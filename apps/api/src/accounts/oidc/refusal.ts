import type { SsoReason } from '@passerelle/contract';

/** Why a sign-in at the provider leads nowhere; the screen says it in words. */
export class SsoRefusal extends Error {
  constructor(readonly reason: SsoReason) {
    super(reason);
  }
}
