import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type PracticesPage, PracticesQuery, type PracticeView, type ThemeView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { PracticeQueries } from './practice.queries.js';

const Ref = z.string().regex(/^[a-z0-9-]{1,60}$/);

@ApiTags('practices')
@Controller()
export class PracticeController {
  constructor(private readonly queries: PracticeQueries) {}

  @Get('practices')
  list(@Query({ schema: PracticesQuery }) query: PracticesQuery): Promise<PracticesPage> {
    return this.queries.list(query);
  }

  @Get('practices/:ref')
  get(@CurrentActor() actor: Actor, @Param('ref', { schema: Ref }) ref: string): Promise<PracticeView> {
    return this.queries.get(actor, ref);
  }

  @Get('themes')
  themes(): Promise<{ items: ThemeView[] }> {
    return this.queries.themes();
  }
}
