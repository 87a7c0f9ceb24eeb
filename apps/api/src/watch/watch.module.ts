import { Module } from '@nestjs/common';
import { Watch } from './watch.js';
import { WatchDesk } from './watch-desk.js';

@Module({ providers: [Watch, WatchDesk], exports: [Watch, WatchDesk] })
export class WatchModule {}
