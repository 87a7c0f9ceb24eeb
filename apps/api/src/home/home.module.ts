import { Module } from '@nestjs/common';
import { PracticesModule } from '../practices/index.js';
import { HomeController } from './home.controller.js';
import { HomeQueries } from './home.queries.js';

@Module({ imports: [PracticesModule], controllers: [HomeController], providers: [HomeQueries] })
export class HomeModule {}
