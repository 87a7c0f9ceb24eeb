import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AccessionDecisionBody, AccessionDocumentKind, type AccessionsPage, AccessionsQuery, AccessionVersionBody, type AccessionView, DocumentStateBody, HandInBody, Id, OpenAccessionBody, OpinionBody, type SeatsView,
} from '@passerelle/contract';
import type { z } from 'zod';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { AccessionFileService } from './accession-file.service.js';
import { AccessionQueries } from './accession.queries.js';
import { AccessionService } from './accession.service.js';

@ApiTags('accessions')
@Controller('accessions')
export class AccessionController {
  constructor(
    private readonly queries: AccessionQueries,
    private readonly accessions: AccessionService,
    private readonly files: AccessionFileService,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Query({ schema: AccessionsQuery }) query: AccessionsQuery): Promise<AccessionsPage> {
    return this.queries.list(actor, query);
  }

  @Get('seats')
  seats(@CurrentActor() actor: Actor): Promise<{ items: SeatsView[] }> {
    return this.queries.seats(actor);
  }

  @Get(':id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<AccessionView> {
    return this.queries.get(actor, id);
  }

  @Post()
  async open(@CurrentActor() actor: Actor, @Body({ schema: OpenAccessionBody }) body: OpenAccessionBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<AccessionView> {
    const { created, view } = await this.accessions.open(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Put(':id/documents/:kind')
  moveDocument(
    @CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Param('kind', { schema: AccessionDocumentKind }) kind: AccessionDocumentKind, @Body({ schema: DocumentStateBody }) body: DocumentStateBody,
  ): Promise<AccessionView> {
    return this.files.moveDocument(actor, id, kind, body);
  }

  @Post(':id/documents/:kind/files')
  @HttpCode(HttpStatus.OK)
  handIn(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Param('kind', { schema: AccessionDocumentKind }) kind: AccessionDocumentKind, @Body({ schema: HandInBody }) body: HandInBody): Promise<AccessionView> {
    return this.files.handIn(actor, id, kind, body);
  }

  @Post(':id/opinion-request')
  @HttpCode(HttpStatus.OK)
  askOpinion(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AccessionVersionBody }) body: z.infer<typeof AccessionVersionBody>): Promise<AccessionView> {
    return this.files.askOpinion(actor, id, body.version);
  }

  @Put(':id/opinion')
  giveOpinion(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: OpinionBody }) body: OpinionBody): Promise<AccessionView> {
    return this.files.giveOpinion(actor, id, body);
  }

  @FreshSignIn()
  @Post(':id/decisions')
  @HttpCode(HttpStatus.OK)
  decide(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AccessionDecisionBody }) body: AccessionDecisionBody): Promise<AccessionView> {
    return this.accessions.decide(actor, id, body);
  }
}
