import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type OrganisationRow, OrganisationsQuery, type OrganisationView, type Page } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { OrganisationQueries } from './organisation.queries.js';

@ApiTags('organisations')
@Controller('organisations')
export class OrganisationController {
  constructor(private readonly queries: OrganisationQueries) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Query({ schema: OrganisationsQuery }) query: OrganisationsQuery): Promise<Page<OrganisationRow>> {
    return this.queries.list(actor, query);
  }

  @Get(':slug')
  get(@CurrentActor() actor: Actor, @Param('slug', { schema: z.string().regex(/^[a-z0-9-]{1,80}$/) }) slug: string): Promise<OrganisationView> {
    return this.queries.get(actor, slug);
  }
}
