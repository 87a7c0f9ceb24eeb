import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { ENV, type Env } from '../platform/index.js';

const HOUR_S = 60 * 60;

/** Reports of visitors: few from one address, and no more from all of them than moderation can read. Addresses stay in memory for an hour at most. */
@Injectable()
export class ReportLimits {
  private readonly perAddress = new RateLimiterMemory({ points: 5, duration: HOUR_S });
  private readonly ofAll = new RateLimiterMemory({ points: 100, duration: HOUR_S });

  constructor(@Inject(ENV) private readonly env: Env) {}

  /** @returns after how many seconds one may try again; null when one may now. */
  async waitS(address: string): Promise<number | null> {
    if (!this.env.rateLimits) return null;
    try {
      await this.perAddress.consume(address);
      await this.ofAll.consume('all');
      return null;
    } catch (refusal) {
      return Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1_000);
    }
  }
}
