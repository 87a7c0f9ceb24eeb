import { Injectable } from '@nestjs/common';
import { EventTail } from '../realtime/index.js';
import { MentionIndex } from './mention-index.js';

/** Facts with which offices may be others than before: of mandates, by an act or with the day, and of the function in a profile. */
const CHANGING = ['access.changed', 'profile.edited'];

/** Keeps who can be mentioned in step with the log, in each process. */
@Injectable()
export class MentionLive {
  constructor(tail: EventTail, mentions: MentionIndex) {
    tail.subscribe(async (events) => {
      if (events.some(({ type }) => CHANGING.includes(type))) mentions.forget();
    });
  }
}
