import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SearchQuery, type SearchResult } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { SearchService } from './search.service.js';

@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(private readonly service: SearchService) {}

  @Get()
  search(@CurrentActor() actor: Actor, @Query({ schema: SearchQuery }) query: SearchQuery): Promise<SearchResult> {
    return this.service.search(actor, query);
  }
}
