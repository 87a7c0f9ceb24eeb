import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateProjectBody, EditProjectBody, Id, type PracticeContent, ProjectActionBody, type ProjectsBoard, type ProjectsPage, ProjectsQuery, ProjectUpdateBody, type ProjectUpdatesPage, type ProjectView,
} from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { CityService } from './city.service.js';
import { JournalService } from './journal.service.js';
import { ProjectQueries } from './project.queries.js';
import { ProjectService } from './project.service.js';

const Ref = z.string().regex(/^[a-z0-9-]{1,60}$/);
const UpdatesQuery = z.object({ cursor: z.string().max(300).optional() });
interface Reply {
  status(code: number): unknown;
}

@ApiTags('projects')
@Controller()
export class ProjectController {
  constructor(
    private readonly queries: ProjectQueries,
    private readonly service: ProjectService,
    private readonly cities: CityService,
    private readonly journal: JournalService,
  ) {}

  @Get('projects')
  list(@CurrentActor() actor: Actor, @Query({ schema: ProjectsQuery }) query: ProjectsQuery): Promise<ProjectsPage> {
    return this.queries.list(actor, query);
  }

  /** The same filters, grouped by stage. */
  @Get('projects/board')
  board(@CurrentActor() actor: Actor, @Query({ schema: ProjectsQuery }) query: ProjectsQuery): Promise<ProjectsBoard> {
    return this.queries.board(actor, query);
  }

  @Get('projects/:ref')
  get(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<ProjectView> {
    return this.queries.get(actor, ref);
  }

  @Post('projects')
  async create(@CurrentActor() actor: Actor, @Body({ schema: CreateProjectBody }) body: CreateProjectBody, @Res({ passthrough: true }) reply: Reply): Promise<ProjectView> {
    const { created, ref } = await this.service.create(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return this.queries.get(actor, ref);
  }

  @Patch('projects/:ref')
  async edit(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Body({ schema: EditProjectBody }) body: EditProjectBody): Promise<ProjectView> {
    await this.service.edit(actor, ref, body);
    return this.queries.get(actor, ref);
  }

  /** One step in the life of the project (PROJECT_LIFE). */
  @Post('projects/:ref/actions')
  @HttpCode(HttpStatus.OK)
  async act(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Body({ schema: ProjectActionBody }) body: ProjectActionBody): Promise<ProjectView> {
    await this.service.act(actor, ref, body);
    return this.queries.get(actor, ref);
  }

  /** The actor's city joins. */
  @Put('projects/:ref/membership')
  async join(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<ProjectView> {
    await this.cities.join(actor, ref);
    return this.queries.get(actor, ref);
  }

  @Delete('projects/:ref/membership')
  async leave(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<ProjectView> {
    await this.cities.leave(actor, ref);
    return this.queries.get(actor, ref);
  }

  @Put('projects/:ref/follow')
  async follow(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<ProjectView> {
    await this.journal.follow(actor, ref, true);
    return this.queries.get(actor, ref);
  }

  @Delete('projects/:ref/follow')
  async unfollow(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<ProjectView> {
    await this.journal.follow(actor, ref, false);
    return this.queries.get(actor, ref);
  }

  @Get('projects/:ref/updates')
  updates(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Query({ schema: UpdatesQuery }) query: z.infer<typeof UpdatesQuery>): Promise<ProjectUpdatesPage> {
    return this.queries.updates(actor, ref, query.cursor);
  }

  @Post('projects/:ref/updates')
  async add(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Body({ schema: ProjectUpdateBody }) body: ProjectUpdateBody, @Res({ passthrough: true }) reply: Reply): Promise<ProjectUpdatesPage> {
    const { created } = await this.journal.add(actor, ref, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return this.queries.updates(actor, ref, undefined);
  }

  @Delete('projects/:ref/updates/:id')
  async remove(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string, @Param('id', { schema: Id }) id: string): Promise<ProjectUpdatesPage> {
    await this.journal.remove(actor, ref, id);
    return this.queries.updates(actor, ref, undefined);
  }

  /** What a finished project can already say as a practice. */
  @Get('projects/:ref/practice-draft')
  practiceDraft(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<PracticeContent> {
    return this.queries.practiceDraft(actor, ref);
  }
}
