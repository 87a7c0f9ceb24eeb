import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Inject, Param, Patch, Post, Put, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreatePracticeBody, EditPracticeBody, PracticeActionBody, type PracticeRevisionView, type PracticesPage, PracticesQuery, type PracticeTasks, type PracticeView, RestorePracticeBody, ReviewBody, type ThemeView,
} from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor, ENV, type Env } from '../platform/index.js';
import { PracticeLifeService } from './practice-life.service.js';
import { practicePdf } from './practice-pdf.js';
import { PracticeQueries } from './practice.queries.js';
import { PracticeService } from './practice.service.js';
import { StandingQueries } from './standing.queries.js';
import { UsefulService } from './useful.service.js';

const Ref = z.string().regex(/^[a-z0-9-]{1,60}$/);

@ApiTags('practices')
@Controller()
export class PracticeController {
  constructor(
    private readonly queries: PracticeQueries,
    private readonly service: PracticeService,
    private readonly life: PracticeLifeService,
    private readonly standings: StandingQueries,
    private readonly marks: UsefulService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get('practices')
  list(@CurrentActor() actor: Actor, @Query({ schema: PracticesQuery }) query: PracticesQuery): Promise<PracticesPage> {
    return this.queries.list(actor, query);
  }

  /** What waits for the signed-in person. */
  @Get('practice-tasks')
  tasks(@CurrentActor() actor: Actor): Promise<PracticeTasks> {
    return this.standings.tasks(actor);
  }

  @Get('practices/:ref')
  get(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<PracticeView> {
    return this.queries.get(actor, ref);
  }

  /** Two A4 pages to print or send, in the reader's language. */
  @Get('practices/:ref/pdf')
  async pdf(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<StreamableFile> {
    const [view, { items }] = await Promise.all([this.queries.get(actor, ref), this.queries.themes()]);
    const { language } = actor;
    const bytes = await practicePdf(view, { themes: new Map(items.map((theme) => [theme.id, theme[language]])), language, address: `${this.env.publicUrl}/pratiques/${ref}` });
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `inline; filename="passerelle-${ref}.pdf"` });
  }

  @Post('practices')
  async create(@CurrentActor() actor: Actor, @Body({ schema: CreatePracticeBody }) body: CreatePracticeBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<PracticeView> {
    const { created, ref } = await this.service.create(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return this.queries.get(actor, ref);
  }

  @Patch('practices/:ref')
  async edit(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Body({ schema: EditPracticeBody }) body: EditPracticeBody): Promise<PracticeView> {
    await this.service.edit(actor, ref, body);
    return this.queries.get(actor, ref);
  }

  @Get('practices/:ref/revisions')
  revisions(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<{ items: PracticeRevisionView[] }> {
    return this.service.revisions(actor, ref);
  }

  @Post('practices/:ref/restore')
  @HttpCode(HttpStatus.OK)
  async restore(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Body({ schema: RestorePracticeBody }) body: z.infer<typeof RestorePracticeBody>): Promise<PracticeView> {
    await this.service.restore(actor, ref, body.version, body.restore);
    return this.queries.get(actor, ref);
  }

  /** One step in the life of the practice (PRACTICE_LIFE). */
  @Post('practices/:ref/actions')
  @HttpCode(HttpStatus.OK)
  async act(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Body({ schema: PracticeActionBody }) body: PracticeActionBody): Promise<PracticeView> {
    await this.life.act(actor, ref, body);
    return this.queries.get(actor, ref);
  }

  @Put('practices/:ref/review')
  async review(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Body({ schema: ReviewBody }) body: ReviewBody): Promise<PracticeView> {
    await this.life.review(actor, ref, body);
    return this.queries.get(actor, ref);
  }

  @Put('practices/:ref/useful')
  async markUseful(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<PracticeView> {
    await this.marks.mark(actor, ref, true);
    return this.queries.get(actor, ref);
  }

  @Delete('practices/:ref/useful')
  async unmarkUseful(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<PracticeView> {
    await this.marks.mark(actor, ref, false);
    return this.queries.get(actor, ref);
  }

  @Get('themes')
  themes(): Promise<{ items: ThemeView[] }> {
    return this.queries.themes();
  }
}
