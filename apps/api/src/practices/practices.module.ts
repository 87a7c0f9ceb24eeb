import { Module } from '@nestjs/common';
import { PracticeLifeService } from './practice-life.service.js';
import { PracticeController } from './practice.controller.js';
import { PracticeLive } from './practice.live.js';
import { PracticeQueries } from './practice.queries.js';
import { PracticeService } from './practice.service.js';
import { StandingQueries } from './standing.queries.js';
import { TransferController } from './transfer.controller.js';
import { TransferService } from './transfer.service.js';
import { UsefulService } from './useful.service.js';

@Module({ controllers: [PracticeController, TransferController], providers: [PracticeQueries, PracticeService, PracticeLifeService, StandingQueries, TransferService, UsefulService, PracticeLive] })
export class PracticesModule {}
