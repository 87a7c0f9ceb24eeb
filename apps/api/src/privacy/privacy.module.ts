import { Module } from '@nestjs/common';
import { ConsentService } from './consent.service.js';
import { DataExportService } from './data-export.service.js';
import { ErasureService } from './erasure.service.js';
import { MyDataQueries } from './my-data.queries.js';
import { PrivacyController } from './privacy.controller.js';
import { Retention } from './retention.js';

@Module({ controllers: [PrivacyController], providers: [ConsentService, DataExportService, ErasureService, MyDataQueries, Retention] })
export class PrivacyModule {}
