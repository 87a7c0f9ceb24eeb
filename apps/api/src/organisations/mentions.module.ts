import { Module } from '@nestjs/common';
import { MentionIndex } from './mention-index.js';
import { MentionLive } from './mention-live.js';

/** The mention index, shared by the forum and by profiles, in step with the log. */
@Module({ providers: [MentionIndex, MentionLive], exports: [MentionIndex] })
export class MentionsModule {}
