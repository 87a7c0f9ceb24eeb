import { Module } from '@nestjs/common';
import { EventViews } from '../realtime/index.js';
import { JournalController } from './journal.controller.js';
import { JournalExport } from './journal-export.js';
import { JournalQueries } from './journal.queries.js';

/** The record of administration as the secretariat reads it. */
@Module({ controllers: [JournalController], providers: [JournalExport, JournalQueries] })
export class JournalModule {
  // That there is something new is all that travels: the page asks for it under its own filters.
  constructor(views: EventViews) {
    views.register(['audit.added'], async (rows) => rows.map(() => ({ actor: null, data: null })));
  }
}
