import { Module } from '@nestjs/common';
import { AttachmentReader } from './attachment-reader.js';

@Module({ providers: [AttachmentReader], exports: [AttachmentReader] })
export class AttachmentTextModule {}
