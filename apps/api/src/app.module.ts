import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { AccessionsModule } from './accessions/index.js';
import { AccountsModule } from './accounts/index.js';
import { ForumModule } from './forum/index.js';
import { HomeModule } from './home/index.js';
import { InvitationsModule } from './invitations/index.js';
import { JournalModule } from './journal/index.js';
import { ModerationModule } from './moderation/index.js';
import { OrganisationsModule } from './organisations/index.js';
import { PeopleModule } from './people/index.js';
import { AuthGuard, type Env, type JsonLogger } from './platform/index.js';
import { HealthController } from './platform/http/health.controller.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { PlatformModule } from './platform/platform.module.js';
import { PracticesModule } from './practices/index.js';
import { PublicModule } from './public/index.js';
import { PrivacyModule } from './privacy/index.js';
import { ProjectsModule } from './projects/index.js';
import { RealtimeModule } from './realtime/index.js';
import { RelayModule } from './relay/index.js';
import { SearchModule } from './search/index.js';
import { SpacesModule } from './spaces/index.js';

@Module({})
export class AppModule {
  static register(env: Env, dataSource: DataSource, logger: JsonLogger): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.register(env, dataSource, logger), RealtimeModule, AccountsModule, SpacesModule, ForumModule, OrganisationsModule, PracticesModule, ProjectsModule, RelayModule, ModerationModule, InvitationsModule, PeopleModule, AccessionsModule, SearchModule, HomeModule, PublicModule, PrivacyModule, JournalModule],
      controllers: [HealthController],
      providers: [
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
