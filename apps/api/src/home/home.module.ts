import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/index.js';
import { RelayModule } from '../relay/index.js';
import { HomeController } from './home.controller.js';
import { HomeQueries } from './home.queries.js';

@Module({ imports: [PracticesModule, RelayModule], controllers: [HomeController], providers: [HomeQueries] })
export class HomeModule {}
