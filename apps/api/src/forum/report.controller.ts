import { Body, Controller, HttpStatus, Injectable, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReportBody } from '@passerelle/contract';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { type Actor, CurrentActor, Database, IdReused, isGuest, NotFound, readableThread } from '../platform/index.js';
import { listed } from '../practices/index.js';
import { requestHash } from './request-hash.js';

type Report = z.infer<typeof ReportBody>;

const READABLE: Record<Report['targetKind'], string> = {
  post: `SELECT 1 FROM post p JOIN thread t ON t.id = p.thread_id WHERE p.id::text = $1 AND ${readableThread('t', '$2', '$3')} AND p.state = 'visible'`,
  thread: `SELECT 1 FROM thread t WHERE t.id::text = $1 AND ${readableThread('t', '$2', '$3')}`,
  practice: `SELECT 1 FROM practice WHERE (ref = $1 OR id::text = $1) AND ${listed('practice')} AND $2::uuid[] IS NOT NULL AND $3::uuid[] IS NOT NULL`,
};

/** Takes reports in; the desk that decides on them comes with moderation. */
@Injectable()
export class ReportService {
  constructor(private readonly database: Database) {}

  /** @throws NotFound when the reporter can't read the target. */
  async file(actor: Actor, body: Report): Promise<{ created: boolean; id: string }> {
    const id = body.id ?? uuid();
    const hash = requestHash(body.targetKind, body.targetId, body.reason, body.text);
    if (body.targetKind === 'practice' && isGuest(actor)) throw new NotFound();
    if (!(await this.database.row(READABLE[body.targetKind], [body.targetId, actor.spaceIds, actor.threadIds]))) throw new NotFound();
    const added = await this.database.run(
      'INSERT INTO report (id, target_kind, target_id, reason, text, reporter_account_id, request_hash) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (id) DO NOTHING',
      [id, body.targetKind, body.targetId, body.reason, body.text, actor.accountId, hash]);
    if (added > 0) return { created: true, id };
    const stored = await this.database.row<{ request_hash: Buffer; reporter_account_id: string }>('SELECT request_hash, reporter_account_id FROM report WHERE id = $1', [id]);
    if (stored?.reporter_account_id !== actor.accountId || !stored.request_hash.equals(hash)) throw new IdReused();
    return { created: false, id };
  }
}

@ApiTags('moderation')
@Controller('reports')
export class ReportController {
  constructor(private readonly service: ReportService) {}

  @Post()
  async file(@CurrentActor() actor: Actor, @Body({ schema: ReportBody }) body: Report, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<{ id: string }> {
    const { created, id } = await this.service.file(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return { id };
  }
}
