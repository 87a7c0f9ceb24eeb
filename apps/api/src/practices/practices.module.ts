import { Module } from '@nestjs/common';
import { CityNotices } from './city-notices.js';
import { EXCHANGE } from './exchange/index.js';
import { FolderController } from './folder.controller.js';
import { FolderService } from './folder.service.js';
import { PracticeClock } from './practice-clock.js';
import { PracticeLifeService } from './practice-life.service.js';
import { PracticeController } from './practice.controller.js';
import { PracticeLive } from './practice.live.js';
import { PracticeQueries } from './practice.queries.js';
import { PracticeService } from './practice.service.js';
import { RelatedPractices } from './related-practices.js';
import { StandingQueries } from './standing.queries.js';
import { TransferController } from './transfer.controller.js';
import { TransferService } from './transfer.service.js';
import { UsefulService } from './useful.service.js';

@Module({ controllers: [PracticeController, TransferController, FolderController, ...EXCHANGE.controllers], providers: [CityNotices, PracticeQueries, PracticeService, PracticeLifeService, StandingQueries, TransferService, UsefulService, PracticeLive, PracticeClock, RelatedPractices, FolderService, ...EXCHANGE.providers], exports: [StandingQueries] })
export class PracticesModule {}
