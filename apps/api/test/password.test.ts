import { describe, expect, it } from '@jest/globals';
import { hashPassword } from '../src/accounts/index.js';
import { verifyPassword } from '../src/accounts/password.js';

describe('passwords', () => {
  it('are checked in turn: beyond a bound one is asked to come back, and those who wait are served', async () => {
    const stored = await hashPassword('un mot de passe');
    const outcomes = await Promise.allSettled(Array.from({ length: 70 }, () => verifyPassword(stored, 'un mot de passe')));
    const refused = outcomes.filter((one) => one.status === 'rejected').map((one) => one.reason as unknown);
    expect(outcomes.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(60);
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ code: 'unavailable', status: 503, params: { retryAfterS: 3 } });
    expect(await verifyPassword(stored, 'un autre')).toBe(false);
    expect(await verifyPassword(null, 'un mot de passe')).toBe(false);
  });
});
