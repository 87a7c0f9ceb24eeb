import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { AuditExportBody, type AuditPage, AuditQuery } from '@passerelle/contract';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { JournalExport } from './journal-export.js';
import { JournalQueries } from './journal.queries.js';

/** The record of administration, for the secretariat. */
@ApiTags('audit')
@Controller()
export class JournalController {
  constructor(
    private readonly queries: JournalQueries,
    private readonly exports: JournalExport,
  ) {}

  @Get('audit')
  list(@CurrentActor() actor: Actor, @Query({ schema: AuditQuery }) query: AuditQuery): Promise<AuditPage> {
    return this.queries.list(actor, query);
  }

  /** The filtered lines as a file. A write, as the record tells of it: each time that a file leaves. */
  @FreshSignIn()
  @Post('audit-exports')
  @HttpCode(HttpStatus.OK)
  @ApiProduces('text/csv', 'application/json')
  async export(@CurrentActor() actor: Actor, @Body({ schema: AuditExportBody }) body: AuditExportBody): Promise<StreamableFile> {
    const file = await this.exports.open(actor, body);
    const name = `passerelle-journal-${new Date().toISOString().slice(0, 10)}.${body.format}`;
    return new StreamableFile(Readable.from(file), {
      type: body.format === 'json' ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8; header=present', disposition: `attachment; filename="${name}"`,
    });
  }
}
