import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EndMandateBody, Id, MandateThemesBody, NewMandateBody, type PeoplePage, PeopleQuery, type PersonView, ReinstateMandateBody, RoleBody, SuspendMandateBody } from '@passerelle/contract';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { MandateService } from './mandate.service.js';
import { PeopleQueries } from './people.queries.js';

/** People and their mandates, for the secretariat. */
@ApiTags('people')
@Controller()
export class PeopleController {
  constructor(
    private readonly queries: PeopleQueries,
    private readonly mandates: MandateService,
  ) {}

  @Get('people')
  list(@CurrentActor() actor: Actor, @Query({ schema: PeopleQuery }) query: PeopleQuery): Promise<PeoplePage> {
    return this.queries.list(actor, query);
  }

  @Get('people/:id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<PersonView> {
    return this.queries.get(actor, id);
  }

  @FreshSignIn()
  @Put('people/:id/role')
  async setRole(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: RoleBody }) body: RoleBody): Promise<PersonView> {
    await this.mandates.setRole(actor, id, body);
    return this.queries.get(actor, id);
  }

  @FreshSignIn()
  @Post('people/:id/mandates')
  @HttpCode(HttpStatus.OK)
  async add(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: NewMandateBody }) body: NewMandateBody): Promise<PersonView> {
    await this.mandates.add(actor, id, body);
    return this.queries.get(actor, id);
  }

  @FreshSignIn()
  @Post('mandates/:id/end')
  @HttpCode(HttpStatus.NO_CONTENT)
  end(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EndMandateBody }) body: EndMandateBody): Promise<void> {
    return this.mandates.end(actor, id, body);
  }

  /** What it covers: these themes, or everything. */
  @FreshSignIn()
  @Put('mandates/:id/themes')
  @HttpCode(HttpStatus.NO_CONTENT)
  limit(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: MandateThemesBody }) body: MandateThemesBody): Promise<void> {
    return this.mandates.limit(actor, id, body);
  }

  @FreshSignIn()
  @Post('mandates/:id/suspend')
  @HttpCode(HttpStatus.NO_CONTENT)
  suspend(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: SuspendMandateBody }) body: SuspendMandateBody): Promise<void> {
    return this.mandates.suspend(actor, id, body);
  }

  @FreshSignIn()
  @Post('mandates/:id/reinstate')
  @HttpCode(HttpStatus.NO_CONTENT)
  reinstate(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: ReinstateMandateBody }) body: ReinstateMandateBody): Promise<void> {
    return this.mandates.reinstate(actor, id, body);
  }
}
