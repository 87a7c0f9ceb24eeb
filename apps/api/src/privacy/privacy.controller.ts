import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ConsentBody, type ConsentView, DataExportBody, type DataExportView, ErasureBody, type ErasureView, Id, type MyDataView } from '@passerelle/contract';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { ConsentService } from './consent.service.js';
import { DataExportService } from './data-export.service.js';
import { ErasureService } from './erasure.service.js';
import { MyDataQueries } from './my-data.queries.js';

interface Reply {
  status(code: number): unknown;
}

@ApiTags('privacy')
@Controller('me')
export class PrivacyController {
  constructor(
    private readonly queries: MyDataQueries,
    private readonly consents: ConsentService,
    private readonly exports: DataExportService,
    private readonly erasures: ErasureService,
  ) {}

  /** What is stored about me, for how long, and who looked. */
  @Get('data')
  data(@CurrentActor() actor: Actor): Promise<MyDataView> {
    return this.queries.get(actor);
  }

  @Put('consents/mail')
  async setMailConsent(@CurrentActor() actor: Actor, @Body({ schema: ConsentBody }) body: ConsentBody): Promise<{ items: ConsentView[] }> {
    return { items: await this.consents.setMail(actor, body.given) };
  }

  @FreshSignIn()
  @Post('exports')
  async askExport(@CurrentActor() actor: Actor, @Body({ schema: DataExportBody }) body: DataExportBody, @Res({ passthrough: true }) reply: Reply): Promise<DataExportView> {
    const { created, view } = await this.exports.ask(actor, body.id);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Get('exports/:id/file')
  async openExport(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<StreamableFile> {
    const { stream, bytes } = await this.exports.open(actor, id);
    return new StreamableFile(stream, { type: 'application/zip', disposition: 'attachment; filename="passerelle.zip"', length: bytes });
  }

  @FreshSignIn()
  @Post('erasures')
  async askErasure(@CurrentActor() actor: Actor, @Body({ schema: ErasureBody }) body: ErasureBody, @Res({ passthrough: true }) reply: Reply): Promise<ErasureView> {
    const { created, view } = await this.erasures.ask(actor, body.id, body.kind);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Delete('erasures/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  cancelErasure(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.erasures.cancel(actor, id);
  }
}
