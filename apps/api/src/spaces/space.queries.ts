import { Injectable } from '@nestjs/common';
import type { CandidateView, DirectoryQuery, Page, ReceivedInvitationView, SentInvitationView, SpaceCard, SpaceDetail, SpaceMembersQuery, SpaceMemberView, SpaceRequestView } from '@passerelle/contract';
import { fold } from '@passerelle/text';
import { z } from 'zod';
import { type Actor, Database, CursorInt, decodeCursor, encodeCursor, Forbidden, inForce, inOffice, NotFound, type Sql } from '../platform/index.js';
import { canManage, canSeeMembers } from './space.policy.js';
import { presentCard, presentSpace } from './space.presenter.js';
import { HOLDER, holderOf, KNOWN, SPACE_COLUMNS, type SpaceRow, SPACES_WITH_REQUEST } from './space.sql.js';

const CANDIDATES_SHOWN = 12;
const LISTED_MAX = 200;
const After = z.tuple([CursorInt, z.string(), z.uuid()]);

/** Reads of spaces as groups: which there are, who belongs, who asks. */
@Injectable()
export class SpaceQueries {
  constructor(private readonly database: Database) {}

  /** Spaces that the actor may know of; archived ones apart. */
  async directory(actor: Actor, query: DirectoryQuery): Promise<{ items: SpaceCard[] }> {
    const rows = await this.database.rows<SpaceRow>(
      `SELECT ${SPACE_COLUMNS} ${SPACES_WITH_REQUEST} WHERE ${KNOWN} AND (s.archived_at IS NOT NULL) = $2::boolean ORDER BY own.id IS NULL, s.position, s.name_fr, s.id LIMIT ${LISTED_MAX}`,
      [actor.accountId, query.archived === 'true']);
    return { items: rows.map(presentCard) };
  }

  async get(actor: Actor, slug: string, sql: Sql = this.database): Promise<SpaceDetail> {
    return presentSpace(await this.find(actor, slug, sql));
  }

  async members(actor: Actor, slug: string, query: SpaceMembersQuery): Promise<Page<SpaceMemberView>> {
    const space = await this.find(actor, slug);
    if (!canSeeMembers(space)) throw new Forbidden();
    const [rank, name, id] = query.cursor ? decodeCursor(query.cursor, After) : [null, null, null];
    const rows = await this.database.rows<SpaceMemberView & { rank: number; key: string } & Record<string, unknown>>(MEMBERS, [space.id, actor.personId, rank, name, id, query.limit + 1]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return { items: page.map(({ rank: _, key: __, ...view }) => view), nextCursor: rows.length > query.limit && last ? encodeCursor([last.rank, last.key, last.id]) : null };
  }

  /** People in office who may be invited, by words of their function, city or country. */
  async candidates(actor: Actor, slug: string, q: string): Promise<{ items: CandidateView[] }> {
    const space = await this.managed(actor, slug);
    const words = fold(q).split(' ').filter((word) => word !== '').map((word) => `%${word}%`);
    if (words.length === 0) return { items: [] };
    const items = await this.database.rows<CandidateView & Record<string, unknown>>(CANDIDATES, [space.id, words]);
    return { items };
  }

  async requests(actor: Actor, slug: string): Promise<{ items: SpaceRequestView[] }> {
    const space = await this.managed(actor, slug);
    const items = await this.database.rows<SpaceRequestView & Record<string, unknown>>(REQUESTS, [space.id]);
    return { items };
  }

  /** Invitations into a space that wait or were declined. */
  async sentInvitations(actor: Actor, slug: string): Promise<{ items: SentInvitationView[] }> {
    const space = await this.managed(actor, slug);
    const items = await this.database.rows<SentInvitationView & Record<string, unknown>>(SENT, [space.id]);
    return { items };
  }

  /** Invitations that wait for the actor's answer. */
  async receivedInvitations(actor: Actor): Promise<{ items: ReceivedInvitationView[] }> {
    const rows = await this.database.rows<Received>(RECEIVED, [actor.personId]);
    return {
      items: rows.map(({ id, role, at, nameFr, nameEn, descriptionFr, descriptionEn, access, ...by }) => ({ id, role, at, by, space: { nameFr, nameEn, descriptionFr, descriptionEn, access } })),
    };
  }

  private async find(actor: Actor, slug: string, sql: Sql = this.database): Promise<SpaceRow> {
    const row = await sql.row<SpaceRow>(`SELECT ${SPACE_COLUMNS} ${SPACES_WITH_REQUEST} WHERE s.slug = $2 AND ${KNOWN}`, [actor.accountId, slug]);
    if (!row) throw new NotFound();
    return row;
  }

  private async managed(actor: Actor, slug: string): Promise<SpaceRow> {
    const space = await this.find(actor, slug);
    if (!canManage(space)) throw new Forbidden();
    return space;
  }
}

type Received = Omit<ReceivedInvitationView, 'by' | 'space'> & ReceivedInvitationView['by'] & ReceivedInvitationView['space'] & Record<string, unknown>;

const MEMBERS = `
  SELECT * FROM (
    SELECT m.id, ${HOLDER('p')}, m.role, m.joined_at AS "joinedAt", m.person_id = $2 AS own, CASE m.role WHEN 'animator' THEN 0 ELSE 1 END AS rank, unaccent(lower(coalesce(h.name, '') || ' ' || coalesce(h.function, p.name))) AS key
    FROM space_member m JOIN person p ON p.id = m.person_id ${holderOf('m.person_id')} WHERE m.space_id = $1) members
  WHERE $3::int IS NULL OR (rank, key, id) > ($3, $4::text, $5::uuid) ORDER BY rank, key, id LIMIT $6`;

const CANDIDATES = `
  SELECT m.id, m.function, o.name AS organisation, o.slug AS "organisationSlug", o.country,
    CASE WHEN EXISTS (SELECT 1 FROM space_member x WHERE x.space_id = $1 AND x.person_id = m.person_id) THEN 'member'
      WHEN EXISTS (SELECT 1 FROM space_invitation i WHERE i.space_id = $1 AND i.person_id = m.person_id AND i.state = 'sent') THEN 'invited' ELSE 'free' END AS state
  FROM mandate m JOIN organisation o ON o.id = m.organisation_id JOIN account a ON a.person_id = m.person_id AND a.disabled_at IS NULL AND a.role <> 'guest'
  WHERE ${inForce('m')} AND unaccent(lower(m.function || ' ' || o.name || ' ' || o.country_name)) LIKE ALL ($2::text[])
  ORDER BY o.name, m.function, m.id LIMIT ${CANDIDATES_SHOWN}`;

const REQUESTS = `
  SELECT r.id, r.state, r.reason, r.words, r.created_at AS at, r.answered_at AS "answeredAt", ${HOLDER('p')}
  FROM space_request r JOIN person p ON p.id = r.person_id ${holderOf('r.person_id')} WHERE r.space_id = $1 AND r.state = 'sent' ORDER BY r.created_at, r.id LIMIT ${LISTED_MAX}`;

const SENT = `
  SELECT i.id, i.role, i.state, i.created_at AS at, ${HOLDER('p')}
  FROM space_invitation i JOIN person p ON p.id = i.person_id ${holderOf('i.person_id')} WHERE i.space_id = $1 AND i.state IN ('sent', 'declined') ORDER BY i.state DESC, i.created_at DESC, i.id LIMIT ${LISTED_MAX}`;

const RECEIVED = `
  SELECT i.id, i.role, i.created_at AS at, ${HOLDER('p')}, s.name_fr AS "nameFr", s.name_en AS "nameEn", s.description_fr AS "descriptionFr", s.description_en AS "descriptionEn", s.access
  FROM space_invitation i JOIN space s ON s.id = i.space_id AND s.archived_at IS NULL JOIN person p ON p.id = i.invited_by ${holderOf('i.invited_by')}
  WHERE i.person_id = $1 AND i.state = 'sent' AND ${inOffice('$1')} ORDER BY i.created_at DESC, i.id LIMIT ${LISTED_MAX}`;
