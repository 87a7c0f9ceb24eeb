import { Module } from '@nestjs/common';
import { SearchController } from './search.controller.js';
import { SearchIndexer } from './search.indexer.js';
import { SearchService } from './search.service.js';

@Module({ controllers: [SearchController], providers: [SearchService, SearchIndexer] })
export class SearchModule {}
