import { Module } from '@nestjs/common';
import { MentionIndex } from './mention-index.js';

/** The mention index, shared by the forum and by profiles. */
@Module({ providers: [MentionIndex], exports: [MentionIndex] })
export class MentionsModule {}
