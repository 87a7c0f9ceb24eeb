import { Module } from '@nestjs/common';
import { EmptySearchLog } from './empty-search-log.js';
import { LiveIndex } from './live-index.js';
import { SavedSearchService } from './saved-search.service.js';
import { SearchController } from './search.controller.js';
import { SearchService } from './search.service.js';

@Module({ controllers: [SearchController], providers: [SearchService, SavedSearchService, EmptySearchLog, LiveIndex] })
export class SearchModule {}
