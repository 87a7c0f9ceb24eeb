import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, HttpStatus, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type PracticeImportReport, PracticesExportQuery, PracticesImportQuery } from '@passerelle/contract';
import { type Actor, CurrentActor, Forbidden } from '../../platform/index.js';
import { PracticeExport } from './export.queries.js';
import { IMPORT_PATH, ImportBody, type ImportRequest } from './import-body.js';
import { PracticeImporter } from './import.service.js';

@ApiTags('practices')
@Controller()
export class PracticeExchangeController {
  constructor(
    private readonly exports: PracticeExport,
    private readonly importer: PracticeImporter,
    private readonly body: ImportBody,
  ) {}

  /** The filtered library as a file that can be imported again. */
  @Get('practices-export')
  @ApiProduces('text/csv', 'application/json')
  async export(@CurrentActor() actor: Actor, @Query({ schema: PracticesExportQuery }) query: PracticesExportQuery): Promise<StreamableFile> {
    const file = await this.exports.open(actor, query);
    const name = `passerelle-practices-${new Date().toISOString().slice(0, 10)}.${query.format}`;
    return new StreamableFile(Readable.from(file), {
      type: query.format === 'json' ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8; header=present', disposition: `attachment; filename="${name}"`,
    });
  }

  /** Takes a CSV or JSON file in, or on a dry run says what would become of each line. */
  @Post(IMPORT_PATH)
  @HttpCode(HttpStatus.OK)
  @ApiConsumes('text/csv', 'application/json')
  async import(@CurrentActor() actor: Actor, @Query({ schema: PracticesImportQuery }) query: PracticesImportQuery, @Req() request: ImportRequest): Promise<PracticeImportReport> {
    if (actor.role !== 'administrator') throw new Forbidden();
    const format = this.body.format(request);
    return this.importer.import(actor, await this.body.read(request), { format, ...query });
  }
}
