import { Module } from '@nestjs/common';
import { MentionsModule } from '../organisations/index.js';
import { CityService } from './city.service.js';
import { IntroductionService } from './introduction.service.js';
import { JournalService } from './journal.service.js';
import { MatchController } from './match.controller.js';
import { MatchQueries } from './match.queries.js';
import { NeedService } from './need.service.js';
import { OfferService } from './offer.service.js';
import { ProjectController } from './project.controller.js';
import { ProjectLive } from './project.live.js';
import { WatchModule } from '../watch/index.js';
import { ProjectQueries } from './project.queries.js';
import { ProjectService } from './project.service.js';
import { SuggestionQueries } from './suggestion.queries.js';

@Module({
  imports: [MentionsModule, WatchModule],
  controllers: [ProjectController, MatchController],
  providers: [ProjectService, CityService, JournalService, ProjectQueries, ProjectLive, NeedService, OfferService, IntroductionService, MatchQueries, SuggestionQueries],
})
export class ProjectsModule {}
