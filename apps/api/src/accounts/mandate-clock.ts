import { Injectable } from '@nestjs/common';
import { DELEGATIONS, Jobs } from '../platform/index.js';
import { WriteTransaction } from '../realtime/index.js';

/** Just after midnight, and again in case the server was away then. */
const HOURLY = '1 * * * *';

// Both sides of delegations that begin or end with the day, by themselves or with a mandate.
const DELEGATES = `
  SELECT DISTINCT a.id FROM ${DELEGATIONS} JOIN account a ON a.person_id IN (giver.person_id, taker.person_id) AND a.disabled_at IS NULL
  WHERE dlg.ended_at IS NULL AND (dlg.valid_from = current_date OR dlg.valid_to = current_date - 1 OR giver.valid_to = current_date - 1 OR taker.valid_to = current_date - 1
      OR EXISTS (SELECT 1 FROM mandate_suspension u WHERE u.mandate_id IN (giver.id, taker.id) AND u.valid_from = current_date))
    AND NOT EXISTS (SELECT 1 FROM event e WHERE e.type = 'delegation.changed' AND e.account_id = a.id AND e.at >= current_date) ORDER BY a.id`;

/** Tells sessions and sockets of those whose mandate began, ended, was suspended or reinstated with the day (UTC) that their rights are others now. */
@Injectable()
export class MandateClock {
  constructor(
    private readonly write: WriteTransaction,
    jobs: Jobs,
  ) {
    jobs.every(HOURLY, 'mandates', () => this.work());
  }

  async work(): Promise<void> {
    await this.write.run(null, async ({ tx, record }) => {
      const accounts = await tx.rows<{ id: string }>(
        `SELECT DISTINCT a.id FROM mandate m JOIN account a ON a.person_id = m.person_id WHERE a.disabled_at IS NULL AND (m.valid_to = current_date - 1 OR m.valid_from = current_date OR EXISTS (SELECT 1 FROM mandate_suspension u WHERE u.mandate_id = m.id AND (u.valid_to = current_date - 1 OR u.valid_from = current_date)))
           AND NOT EXISTS (SELECT 1 FROM event e WHERE e.type = 'access.changed' AND e.account_id = a.id AND e.at >= current_date) ORDER BY a.id`);
      const delegates = await tx.rows<{ id: string }>(DELEGATES);
      for (const { id } of delegates) record({ type: 'delegation.changed', audience: 'account', account: id });
      for (const { id } of accounts) record({ type: 'access.changed', audience: 'account', account: id });
    });
  }
}
