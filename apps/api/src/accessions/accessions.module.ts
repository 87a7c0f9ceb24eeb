import { Module } from '@nestjs/common';
import { MentionsModule } from '../organisations/index.js';
import { AccessionFileService } from './accession-file.service.js';
import { AccessionController } from './accession.controller.js';
import { AccessionLive } from './accession.live.js';
import { AccessionQueries } from './accession.queries.js';
import { AccessionService } from './accession.service.js';

@Module({
  imports: [MentionsModule],
  controllers: [AccessionController],
  providers: [AccessionFileService, AccessionLive, AccessionQueries, AccessionService],
})
export class AccessionsModule {}
