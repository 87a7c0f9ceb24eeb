import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError, ENV, type Env } from '../platform/index.js';

const WINDOW_S = 15 * 60;

/** Attempts to sign in, per account and per address, in a window of 15 minutes. */
@Injectable()
export class LoginLimits {
  private readonly perAccount = new RateLimiterMemory({ points: 10, duration: WINDOW_S });
  private readonly perAddress = new RateLimiterMemory({ points: 60, duration: WINDOW_S });
  private readonly codes = new RateLimiterMemory({ points: 10, duration: WINDOW_S });
  private readonly files = new RateLimiterMemory({ points: 40, duration: WINDOW_S });
  private readonly passkeys = new RateLimiterMemory({ points: 120, duration: WINDOW_S });
  private readonly links = new RateLimiterMemory({ points: 5, duration: WINDOW_S });

  constructor(@Inject(ENV) private readonly env: Env) {}

  /** @throws DomainError `rate-limited` with `retryAfterS`. */
  async assertMayTry(email: string, address: string): Promise<void> {
    await this.consume(this.perAddress, address);
    await this.consume(this.perAccount, keyOf(email));
  }

  /** A successful sign-in clears the account's count. */
  async succeeded(email: string): Promise<void> {
    await this.perAccount.delete(keyOf(email));
  }

  /** Whoever knows the password must not try codes without end. @throws DomainError `rate-limited`. */
  assertMayProve(accountId: string): Promise<void> {
    return this.consume(this.codes, accountId);
  }

  async proved(accountId: string): Promise<void> {
    await this.codes.delete(accountId);
  }

  /** A file of people says of each whether they have an account: it must not be asked without end. @throws DomainError `rate-limited`. */
  assertMaySendFile(accountId: string): Promise<void> {
    return this.consume(this.files, accountId);
  }

  /** What a passkey answers can't be guessed; this bounds the work. @throws DomainError `rate-limited`. */
  assertMayAskPasskey(address: string): Promise<void> {
    return this.consume(this.passkeys, address);
  }

  async assertMayAskLink(email: string, address: string): Promise<void> {
    await this.consume(this.perAddress, address);
    await this.consume(this.links, keyOf(email));
  }

  /** A way over another service begins, before anybody has said who they are. */
  assertMayBegin(address: string): Promise<void> {
    return this.consume(this.perAddress, address);
  }

  private async consume(limiter: RateLimiterMemory, key: string): Promise<void> {
    if (!this.env.rateLimits) return;
    try {
      await limiter.consume(key);
    } catch (refusal) {
      throw new DomainError('rate-limited', 'rate-limited', { retryAfterS: Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1_000) });
    }
  }
}

// The memory of the process need not hold addresses.
const keyOf = (email: string) => createHash('sha256').update(email.toLowerCase()).digest('base64url');
