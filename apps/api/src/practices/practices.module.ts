import { Module } from '@nestjs/common';
import { PracticeLifeService } from './practice-life.service.js';
import { PracticeController } from './practice.controller.js';
import { PracticeLive } from './practice.live.js';
import { PracticeQueries } from './practice.queries.js';
import { PracticeService } from './practice.service.js';
import { StandingQueries } from './standing.queries.js';
import { UsefulService } from './useful.service.js';

@Module({ controllers: [PracticeController], providers: [PracticeQueries, PracticeService, PracticeLifeService, StandingQueries, UsefulService, PracticeLive] })
export class PracticesModule {}
