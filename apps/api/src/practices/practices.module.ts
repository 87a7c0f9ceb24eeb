import { Module } from '@nestjs/common';
import { PracticeController } from './practice.controller.js';
import { PracticeQueries } from './practice.queries.js';

@Module({ controllers: [PracticeController], providers: [PracticeQueries] })
export class PracticesModule {}
