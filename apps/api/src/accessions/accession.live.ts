import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventViews } from '../realtime/index.js';

/** The fact says which candidature moved; readers see different parts of it, so that it holds none. */
@Injectable()
export class AccessionLive implements OnModuleInit {
  constructor(private readonly views: EventViews) {}

  onModuleInit(): void {
    this.views.register(['accession.moved'], async (rows) => rows.map((row) => ({ actor: null, data: { id: row.subject_id } })));
  }
}
