import { Module } from '@nestjs/common';
import { RelayController } from './relay.controller.js';
import { RelayLive } from './relay.live.js';
import { RelayQueries } from './relay.queries.js';
import { RelayService } from './relay.service.js';

@Module({ controllers: [RelayController], providers: [RelayService, RelayQueries, RelayLive], exports: [RelayQueries] })
export class RelayModule {}
