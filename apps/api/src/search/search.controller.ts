import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type EmptySearches, Id, SavedSearchBody, type SavedSearchView, SearchQuery, type SearchResult, SuggestQuery, type Suggestions } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { EmptySearchLog } from './empty-search-log.js';
import { SavedSearchService } from './saved-search.service.js';
import { SearchService } from './search.service.js';

@ApiTags('search')
@Controller()
export class SearchController {
  constructor(
    private readonly service: SearchService,
    private readonly saved: SavedSearchService,
    private readonly empty: EmptySearchLog,
  ) {}

  @Get('search')
  search(@CurrentActor() actor: Actor, @Query({ schema: SearchQuery }) query: SearchQuery): Promise<SearchResult> {
    return this.service.search(actor, query);
  }

  @Get('search/suggest')
  suggest(@CurrentActor() actor: Actor, @Query({ schema: SuggestQuery }) { q }: SuggestQuery): Promise<Suggestions> {
    return this.service.suggest(actor, q);
  }

  @Get('search/empty')
  withoutHits(@CurrentActor() actor: Actor): Promise<EmptySearches> {
    return this.empty.list(actor);
  }

  @Get('saved-searches')
  list(@CurrentActor() actor: Actor): Promise<{ items: SavedSearchView[] }> {
    return this.saved.list(actor);
  }

  @Post('saved-searches')
  async save(@CurrentActor() actor: Actor, @Body({ schema: SavedSearchBody }) body: SavedSearchBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<SavedSearchView> {
    const { created, view } = await this.saved.save(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return view;
  }

  @Put('saved-searches/:id/seen')
  markSeen(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<SavedSearchView> {
    return this.saved.markSeen(actor, id);
  }

  @Delete('saved-searches/:id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.saved.remove(actor, id);
  }
}
