import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { HomeView } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { HomeQueries } from './home.queries.js';

@ApiTags('home')
@Controller('home')
export class HomeController {
  constructor(private readonly queries: HomeQueries) {}

  @Get()
  home(@CurrentActor() actor: Actor): Promise<HomeView> {
    return this.queries.home(actor);
  }
}
