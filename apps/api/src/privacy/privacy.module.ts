import { Module } from '@nestjs/common';
import { DataExportService } from './data-export.service.js';
import { ErasureService } from './erasure.service.js';
import { MyDataQueries } from './my-data.queries.js';
import { PrivacyController } from './privacy.controller.js';
import { Retention } from './retention.js';

@Module({ controllers: [PrivacyController], providers: [DataExportService, ErasureService, MyDataQueries, Retention] })
export class PrivacyModule {}
