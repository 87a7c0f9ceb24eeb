import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MailboxBody, MailboxVersion, type MailboxView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor, FreshSignIn } from '../platform/index.js';
import { MailboxService } from './mailbox.service.js';

const Slug = z.string().max(80);

/** The mailbox by role of a city. Its link is confirmed on a public page. */
@ApiTags('people')
@Controller('role-mailboxes')
export class MailboxController {
  constructor(private readonly mailboxes: MailboxService) {}

  @Get(':slug')
  get(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string): Promise<MailboxView> {
    return this.mailboxes.get(actor, slug);
  }

  @FreshSignIn()
  @Put(':slug')
  set(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string, @Body({ schema: MailboxBody }) body: MailboxBody): Promise<MailboxView> {
    return this.mailboxes.set(actor, slug, body);
  }

  @FreshSignIn()
  @Delete(':slug')
  @HttpCode(HttpStatus.NO_CONTENT)
  remove(@CurrentActor() actor: Actor, @Param('slug', { schema: Slug }) slug: string, @Query({ schema: MailboxVersion }) query: z.infer<typeof MailboxVersion>): Promise<void> {
    return this.mailboxes.remove(actor, slug, query.version);
  }
}
