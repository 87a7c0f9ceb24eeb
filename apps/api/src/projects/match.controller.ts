import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateIntroductionBody, CreateNeedBody, CreateOfferBody, EditNeedBody, EditOfferBody, Id, IntroductionActionBody, IntroductionMessageBody, type IntroductionMessagesPage, type IntroductionsPage, IntroductionsQuery, type IntroductionView, NeedActionBody,
  type NeedsPage, NeedsQuery, type NeedView, OfferActionBody, type OffersPage, OffersQuery, type OfferView, PageQuery, type SuggestionView,
} from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { IntroductionService } from './introduction.service.js';
import { MatchQueries } from './match.queries.js';
import { NeedService } from './need.service.js';
import { OfferService } from './offer.service.js';
import { SuggestionQueries } from './suggestion.queries.js';

interface Reply {
  status(code: number): unknown;
}
const statusOf = ({ created }: { created: boolean }) => (created ? HttpStatus.CREATED : HttpStatus.OK);

@ApiTags('needs')
@Controller()
export class MatchController {
  constructor(
    private readonly queries: MatchQueries,
    private readonly needService: NeedService,
    private readonly offerService: OfferService,
    private readonly introductionService: IntroductionService,
    private readonly suggestionQueries: SuggestionQueries,
  ) {}

  @Get('needs')
  needs(@CurrentActor() actor: Actor, @Query({ schema: NeedsQuery }) query: NeedsQuery): Promise<NeedsPage> {
    return this.queries.needs(actor, query);
  }

  @Get('needs/:id')
  need(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<NeedView> {
    return this.queries.need(actor, id);
  }

  @Post('needs')
  async createNeed(@CurrentActor() actor: Actor, @Body({ schema: CreateNeedBody }) body: CreateNeedBody, @Res({ passthrough: true }) reply: Reply): Promise<NeedView> {
    reply.status(statusOf(await this.needService.create(actor, body)));
    return this.queries.need(actor, body.id);
  }

  @Patch('needs/:id')
  async editNeed(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EditNeedBody }) body: EditNeedBody): Promise<NeedView> {
    await this.needService.edit(actor, id, body);
    return this.queries.need(actor, id);
  }

  @Post('needs/:id/actions')
  @HttpCode(HttpStatus.OK)
  async actOnNeed(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: NeedActionBody }) body: NeedActionBody): Promise<NeedView> {
    await this.needService.act(actor, id, body);
    return this.queries.need(actor, id);
  }

  /** Cities that could help, with the reasons. Nothing is sent. */
  @Get('needs/:id/suggestions')
  suggestions(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<{ items: SuggestionView[] }> {
    return this.suggestionQueries.list(actor, id);
  }

  @Get('offers')
  offers(@CurrentActor() actor: Actor, @Query({ schema: OffersQuery }) query: OffersQuery): Promise<OffersPage> {
    return this.queries.offers(actor, query);
  }

  @Get('offers/:id')
  offer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<OfferView> {
    return this.queries.offer(actor, id);
  }

  @Post('offers')
  async createOffer(@CurrentActor() actor: Actor, @Body({ schema: CreateOfferBody }) body: CreateOfferBody, @Res({ passthrough: true }) reply: Reply): Promise<OfferView> {
    reply.status(statusOf(await this.offerService.create(actor, body)));
    return this.queries.offer(actor, body.id);
  }

  @Patch('offers/:id')
  async editOffer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EditOfferBody }) body: EditOfferBody): Promise<OfferView> {
    await this.offerService.edit(actor, id, body);
    return this.queries.offer(actor, id);
  }

  @Post('offers/:id/actions')
  @HttpCode(HttpStatus.OK)
  async actOnOffer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: OfferActionBody }) body: OfferActionBody): Promise<OfferView> {
    await this.offerService.act(actor, id, body);
    return this.queries.offer(actor, id);
  }

  @Get('introductions')
  introductions(@CurrentActor() actor: Actor, @Query({ schema: IntroductionsQuery }) query: IntroductionsQuery): Promise<IntroductionsPage> {
    return this.queries.introductions(actor, query);
  }

  @Get('introductions/:id')
  introduction(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<IntroductionView> {
    return this.queries.introduction(actor, id);
  }

  @Post('introductions')
  async propose(@CurrentActor() actor: Actor, @Body({ schema: CreateIntroductionBody }) body: CreateIntroductionBody, @Res({ passthrough: true }) reply: Reply): Promise<IntroductionView> {
    reply.status(statusOf(await this.introductionService.propose(actor, body)));
    return this.queries.introduction(actor, body.id);
  }

  /** One step of the actor's side (INTRODUCTION_LIFE). */
  @Post('introductions/:id/actions')
  @HttpCode(HttpStatus.OK)
  async actOnIntroduction(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: IntroductionActionBody }) body: IntroductionActionBody): Promise<IntroductionView> {
    await this.introductionService.act(actor, id, body);
    return this.queries.introduction(actor, id);
  }

  @Get('introductions/:id/messages')
  messages(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Query({ schema: PageQuery }) query: PageQuery): Promise<IntroductionMessagesPage> {
    return this.queries.messages(actor, id, query);
  }

  @Post('introductions/:id/messages')
  async say(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: IntroductionMessageBody }) body: IntroductionMessageBody, @Res({ passthrough: true }) reply: Reply): Promise<IntroductionView> {
    reply.status(statusOf(await this.introductionService.say(actor, id, body)));
    return this.queries.introduction(actor, id);
  }
}
