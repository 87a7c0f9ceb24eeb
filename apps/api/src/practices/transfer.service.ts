import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CreateTransferBody, type EditTransferBody, type OnBehalf, PracticeContent, TAKEN_UP_STATES, TRANSFER_LIFE, TRANSFER_QUESTIONS, TransferContent, type TransfersPage, type TransferState, type TransferView } from '@passerelle/contract';
import { type Actor, canWrite, Database, DomainError, Forbidden, IdReused, InvalidInput, isGuest, NotFound, onBehalf, outsideThemes, signsBy, type Sql, StaleVersion, themeOf } from '../platform/index.js';
import { type Write, WriteTransaction } from '../realtime/index.js';
import { loadPractice } from './practice-store.js';
import { isOwner } from './practice.policy.js';
import { listed, readable, readerOf } from './practice.visibility.js';

const LIST_MAX = 2_000;

interface Row extends Record<string, unknown> {
  id: string; to: string; slug: string | null; country: string | null; latitude: number | null; longitude: number | null; year: number | null; note: string; state: TransferState; recorded: boolean;
  practice_id: string; ref: string; title: string; city_name: string; practice_country: string; practice_content: unknown; to_organisation_id: string | null; content: unknown; version: number;
  owner_person_id: string | null; owner_name: string | null; owner_function: string | null; on_behalf: OnBehalf | null; theme_id: string | null; created_at: string; updated_at: string; taken_up_at: string | null; asked_months: number[]; age_months: number;
}

const COLUMNS = `
  x.id, coalesce(o.name, x.to_name) AS "to", o.slug, o.country, o.latitude, o.longitude, x.year, x.note, x.state, x.owner_person_id IS NOT NULL AS recorded, x.practice_id, p.ref, p.title, p.city_name,
  p.country AS practice_country, p.content AS practice_content, x.to_organisation_id, x.content, x.version, x.owner_person_id, x.owner_name, x.owner_function, ${onBehalf('x.delegation_id')} AS on_behalf, p.theme_id, x.created_at, x.updated_at, x.taken_up_at, x.asked_months,
  (extract(year FROM age(now(), x.created_at)) * 12 + extract(month FROM age(now(), x.created_at)))::int AS age_months`;
/** Recorded by its city and going on: one for a practice (transfer_of_city). */
const LIVE = `x.owner_person_id IS NOT NULL AND x.state <> 'abandoned'`;
const FROM = `FROM transfer x JOIN practice p ON p.id = x.practice_id LEFT JOIN organisation o ON o.id = x.to_organisation_id`;

/** Cities that take practices up: each record belongs to the receiving city. */
@Injectable()
export class TransferService {
  constructor(
    private readonly write: WriteTransaction,
    private readonly database: Database,
  ) {}

  /** Records that the actor's city takes a practice up. One city records a practice once; a repeat gives the stored record. */
  async record(actor: Actor, ref: string, body: CreateTransferBody): Promise<{ created: boolean; view: TransferView }> {
    if (!canWrite(actor) || isGuest(actor)) throw new Forbidden();
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    const created = await this.write.run(actor, async (write) => {
      const practice = await loadPractice(write.tx, actor, ref);
      if (isOwner(actor, practice)) throw new DomainError('own-practice', 'forbidden');
      assertParts(body.content, practice.content, body.state);
      const { capacity } = actor;
      const delegation = await signsForTheme(write.tx, actor, practice.content.theme);
      const added = await write.tx.run(
        `INSERT INTO transfer (id, practice_id, to_organisation_id, to_name, year, note, state, content, owner_person_id, owner_name, owner_function, delegation_id, taken_up_at)
         SELECT $1, p.id, $3, $4, extract(year FROM now())::smallint, '', $5, $6, $7, $8, $9, $11, CASE WHEN $10::boolean THEN now() END FROM practice p WHERE p.id = $2 AND ${listed('p')} ON CONFLICT DO NOTHING`,
        [body.id, practice.id, capacity.organisationId, capacity.organisation, body.state, JSON.stringify({ ...body.content, hash }), actor.personId, actor.name, capacity.function, TAKEN_UP_STATES.includes(body.state), delegation]);
      if (added > 0) write.record({ type: 'transfer.recorded', audience: 'members', subject: practice.id, detail: { ref: practice.ref, transfer: body.id } });
      return added > 0;
    });
    if (!created) await this.assertRepeat(actor, ref, body.id, hash);
    return { created, view: await this.get(actor, body.id) };
  }

  private async assertRepeat(actor: Actor, ref: string, id: string, hash: string): Promise<void> {
    const stored = await this.database.row<{ owner_person_id: string; hash: string | null; version: number }>(`SELECT owner_person_id, content ->> 'hash' AS hash, version FROM transfer WHERE id = $1`, [id]);
    if (stored) {
      if (stored.owner_person_id !== actor.personId) throw new IdReused();
      if (stored.hash !== hash) throw new IdReused({ ref: id, version: stored.version });
      return;
    }
    const known = await this.database.row<{ id: string }>(`SELECT x.id ${FROM} WHERE p.ref = $1 AND x.to_organisation_id = $2 AND ${LIVE}`, [ref, actor.capacity?.organisationId]);
    throw new DomainError('not-possible-now', 'conflict', known && { transfer: known.id });
  }

  /** Moves it on, tells more of it, answers a question. The version seen must be the stored one. */
  async edit(actor: Actor, id: string, body: EditTransferBody): Promise<TransferView> {
    await this.write.run(actor, async (write) => {
      const row = await this.load(write.tx, actor, id, true);
      if (!ownsTransfer(actor, row)) throw new Forbidden();
      const content = TransferContent.parse(row.content);
      if (row.version !== body.version) {
        if (row.version === body.version + 1 && row.state === body.state && JSON.stringify(content) === JSON.stringify(body.content)) return;
        throw new StaleVersion(row.version);
      }
      const delegation = await signsForTheme(write.tx, actor, row.theme_id);
      if (body.state !== row.state && !TRANSFER_LIFE[row.state].includes(body.state)) throw new DomainError('not-possible-now', 'conflict', { state: row.state });
      if (body.state === 'abandoned' && row.state !== 'abandoned' && body.reason.length < 10) throw new InvalidInput('reason', 'too_small');
      assertParts(body.content, PracticeContent.parse(row.practice_content), body.state);
      if (row.state === 'abandoned' && body.state !== 'abandoned') await assertAlone(write.tx, row);
      await this.store(write, row, body, delegation);
    });
    return this.get(actor, id);
  }

  private async store(write: Write, row: Row, body: EditTransferBody, delegation: string | null): Promise<void> {
    const hash = (row.content as { hash?: string }).hash;
    await write.tx.run(
      `UPDATE transfer SET state = $2, content = $3, version = version + 1, updated_at = now(), taken_up_at = CASE WHEN $4::boolean THEN coalesce(taken_up_at, now()) END,
         asked_months = CASE WHEN $5::smallint IS NULL THEN asked_months ELSE array_append(array_remove(asked_months, $5), $5) END, note = CASE WHEN $2 = 'abandoned' AND $6 <> '' THEN $6 WHEN state = 'abandoned' AND $2 <> 'abandoned' THEN '' ELSE note END, delegation_id = coalesce($7, delegation_id) WHERE id = $1`,
      [row.id, body.state, JSON.stringify({ ...body.content, hash }), TAKEN_UP_STATES.includes(body.state), body.answers ?? null, body.reason, delegation]);
    write.record({ type: 'transfer.moved', audience: 'members', subject: row.practice_id, detail: { ref: row.ref, transfer: row.id } });
  }

  /** @throws NotFound when the practice may not be read. */
  async get(actor: Actor, id: string): Promise<TransferView> {
    return present(actor, await this.load(this.database, actor, id, false));
  }

  private async load(sql: Sql, actor: Actor, id: string, lock: boolean): Promise<Row> {
    const row = await sql.row<Row>(`SELECT ${COLUMNS} ${FROM} WHERE x.id = $1 AND NOT $2::boolean AND (${readable('p', '$2', '$3', '$4')})${lock ? ' FOR UPDATE OF x' : ''}`, [id, ...readerOf(actor)]);
    if (!row) throw new NotFound();
    return row;
  }

  /** Exchanges between cities, and how many began and were taken up in each year. */
  async list(actor: Actor): Promise<TransfersPage> {
    if (isGuest(actor)) return { items: [], years: [] };
    const rows = await this.database.rows<Row & { theme: string; from_slug: string | null; from_latitude: number | null; from_longitude: number | null; taken_up_year: number | null }>(
      `SELECT ${COLUMNS}, coalesce(p.theme_id, '') AS theme, f.slug AS from_slug, CASE WHEN NOT p.location_hidden THEN f.latitude END AS from_latitude, CASE WHEN NOT p.location_hidden THEN f.longitude END AS from_longitude, extract(year FROM x.taken_up_at)::int AS taken_up_year
       ${FROM} LEFT JOIN organisation f ON f.id = p.organisation_id WHERE ${listed('p')} AND x.state <> 'abandoned' AND x.to_organisation_id IS DISTINCT FROM p.organisation_id ORDER BY x.updated_at DESC, x.id LIMIT ${LIST_MAX}`);
    const items = rows.map((row) => ({
      ...rowOf(row), ref: row.ref, title: row.title, theme: row.theme, from: { name: row.city_name, slug: row.from_slug, country: row.practice_country, latitude: row.from_latitude, longitude: row.from_longitude },
    }));
    const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity)).map((year) => {
      const inYear = rows.filter((row) => row.year === year);
      return { year, started: inYear.length, takenUp: inYear.filter((row) => TAKEN_UP_STATES.includes(row.state)).length };
    });
    return { items, years };
  }
}

const ownsTransfer = (actor: Actor, row: Row) => !isGuest(actor) && row.owner_person_id !== null && row.to_organisation_id !== null && actor.capacity?.organisationId === row.to_organisation_id;

/** What a transfer commits the city to is within the themes of the mandate. @returns the delegation by which the actor signs there. @throws DomainError `outside-mandate` */
async function signsForTheme(tx: Sql, actor: Actor, theme: string | null): Promise<string | null> {
  const row = await tx.row<{ outside: boolean; delegation: string | null }>(
    `SELECT ${outsideThemes('$1', themeOf('$2'))} AS outside, ${signsBy('$1', themeOf('$2'))} AS delegation`, [actor.capacity?.mandateId ?? null, theme]);
  if (row?.outside) throw new DomainError('outside-mandate', 'forbidden');
  return row?.delegation ?? null;
}

/** Parts are steps of the practice; taking up a part says which. @throws InvalidInput */
function assertParts(content: TransferContent, practice: PracticeContent, state: TransferState): void {
  const steps = new Set(practice.steps.map((step) => step.id));
  if (content.parts.some((part) => !steps.has(part))) throw new InvalidInput('content.parts', 'not_found');
  if (state === 'taken-up-in-part' && steps.size > 0 && content.parts.length === 0) throw new InvalidInput('content.parts', 'too_small');
}

/** A city keeps one record of a practice. @throws DomainError `not-possible-now` when it has begun another since. */
async function assertAlone(tx: Sql, { practice_id, to_organisation_id }: Row): Promise<void> {
  const other = await tx.row<{ id: string }>(`SELECT x.id FROM transfer x WHERE x.practice_id = $1 AND x.to_organisation_id = $2 AND ${LIVE}`, [practice_id, to_organisation_id]);
  if (other) throw new DomainError('not-possible-now', 'conflict', { transfer: other.id });
}

const rowOf = (row: Row) => ({
  id: row.id, to: row.to, slug: row.slug, country: row.country, latitude: row.latitude, longitude: row.longitude, year: row.year, note: row.note, state: row.state, recorded: row.recorded,
});

function present(actor: Actor, row: Row): TransferView {
  const owner = ownsTransfer(actor, row);
  const due = [...TRANSFER_QUESTIONS].reverse().find((months) => row.age_months >= months);
  const answered = Math.max(0, ...row.asked_months);
  return {
    ...rowOf(row), content: TransferContent.parse(row.content), version: row.version, recordedBy: row.owner_name === null ? null : { name: row.owner_name, function: row.owner_function ?? '', onBehalf: row.on_behalf },
    practice: { ref: row.ref, title: row.title, city: row.city_name, country: row.practice_country, steps: PracticeContent.parse(row.practice_content).steps.map(({ id, title }) => ({ id, title })) },
    createdAt: row.created_at, updatedAt: row.updated_at, takenUpAt: row.taken_up_at, canEdit: owner, next: owner ? [...TRANSFER_LIFE[row.state]] : [],
    question: owner && row.state !== 'abandoned' && due !== undefined && due > answered ? due : null,
  };
}
