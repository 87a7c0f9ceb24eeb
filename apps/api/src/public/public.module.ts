import { Module } from '@nestjs/common';
import { PublicController } from './public.controller.js';
import { PublicFiles } from './public.files.js';
import { PublicQueries } from './public.queries.js';

@Module({ controllers: [PublicController], providers: [PublicQueries, PublicFiles] })
export class PublicModule {}
