import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EventType } from '@passerelle/contract';
import { EventViews } from '../realtime/index.js';

const FACTS = ['space.edited', 'space.joined', 'space.left', 'space.requested', 'space.answered', 'space.invited'] as const satisfies EventType[];

/** Facts about spaces say which one; who did it and who it is about is read on its page, by whoever may. */
@Injectable()
export class SpaceLive implements OnModuleInit {
  constructor(private readonly views: EventViews) {}

  onModuleInit(): void {
    this.views.register(FACTS, async (rows) => rows.map((row) => ({ actor: null, data: { subject: row.subject_id } })));
  }
}
