import { Module } from '@nestjs/common';
import { MentionsModule } from '../organisations/index.js';
import { CityService } from './city.service.js';
import { JournalService } from './journal.service.js';
import { ProjectController } from './project.controller.js';
import { ProjectLive } from './project.live.js';
import { ProjectQueries } from './project.queries.js';
import { ProjectService } from './project.service.js';

@Module({ imports: [MentionsModule], controllers: [ProjectController], providers: [ProjectService, CityService, JournalService, ProjectQueries, ProjectLive] })
export class ProjectsModule {}
