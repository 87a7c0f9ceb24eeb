import { Body, Controller, Get, HttpStatus, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AddresseeQuery, type AddresseeView, Id, type LettersPage, LettersQuery, type LetterView, OpenRelayBody, RelayReadBody, type RelaysPage, RelaysQuery, type RelayView, SendLetterBody,
} from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { RelayQueries } from './relay.queries.js';
import { RelayService } from './relay.service.js';

interface Reply {
  status(code: number): unknown;
}
const statusOf = ({ created }: { created: boolean }) => (created ? HttpStatus.CREATED : HttpStatus.OK);

/** Private letters to a city: read by who asks and by those in office there, without anybody's address. */
@ApiTags('relay')
@Controller('relay')
export class RelayController {
  constructor(
    private readonly queries: RelayQueries,
    private readonly service: RelayService,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Query({ schema: RelaysQuery }) query: RelaysQuery): Promise<RelaysPage> {
    return this.queries.list(actor, query);
  }

  /** Who would read a letter about a practice or to a city. */
  @Get('addressee')
  addressee(@CurrentActor() actor: Actor, @Query({ schema: AddresseeQuery }) query: AddresseeQuery): Promise<AddresseeView> {
    return this.queries.addressee(actor, query);
  }

  @Post()
  async open(@CurrentActor() actor: Actor, @Body({ schema: OpenRelayBody }) body: OpenRelayBody, @Res({ passthrough: true }) reply: Reply): Promise<RelayView> {
    reply.status(statusOf(await this.service.open(actor, body)));
    return this.queries.get(actor, body.id);
  }

  @Get(':id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<RelayView> {
    return this.queries.get(actor, id);
  }

  @Get(':id/letters')
  letters(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Query({ schema: LettersQuery }) query: LettersQuery): Promise<LettersPage> {
    return this.queries.letters(actor, id, query);
  }

  @Post(':id/letters')
  async send(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: SendLetterBody }) body: SendLetterBody, @Res({ passthrough: true }) reply: Reply): Promise<LetterView> {
    reply.status(statusOf(await this.service.send(actor, id, body)));
    return this.queries.letter(actor, id, body.id);
  }

  @Put(':id/read')
  async read(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: RelayReadBody }) body: RelayReadBody): Promise<RelayView> {
    await this.service.read(actor, id, body);
    return this.queries.get(actor, id);
  }
}
