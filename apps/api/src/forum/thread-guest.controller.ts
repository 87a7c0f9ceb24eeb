import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AdmitGuestBody, CandidatesQuery, type GuestCandidateView, Id, type ThreadGuestView } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { ThreadGuestService } from './thread-guest.service.js';

@ApiTags('forum')
@Controller()
export class ThreadGuestController {
  constructor(private readonly service: ThreadGuestService) {}

  @Get('threads/:id/guests')
  list(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<{ items: ThreadGuestView[] }> {
    return this.service.list(actor, id);
  }

  @Get('threads/:id/guest-candidates')
  candidates(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Query({ schema: CandidatesQuery }) { q }: CandidatesQuery): Promise<{ items: GuestCandidateView[] }> {
    return this.service.candidates(actor, id, q);
  }

  @Post('threads/:id/guests')
  async admit(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AdmitGuestBody }) body: AdmitGuestBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<{ items: ThreadGuestView[] }> {
    const { created, items } = await this.service.admit(actor, id, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return { items };
  }

  @Delete('thread-guests/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  dismiss(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.service.dismiss(actor, id);
  }
}
