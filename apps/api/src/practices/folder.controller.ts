import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id, PracticeFolderBody, type PracticeFolderPage, type PracticeFolderView } from '@passerelle/contract';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/index.js';
import { FolderService } from './folder.service.js';

const Ref = z.string().regex(/^[a-z0-9-]{1,60}$/);

@ApiTags('practices')
@Controller('practice-folders')
export class FolderController {
  constructor(private readonly service: FolderService) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<{ items: PracticeFolderView[] }> {
    return this.service.list(actor);
  }

  @Get(':id')
  get(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<PracticeFolderPage> {
    return this.service.get(actor, id);
  }

  @Put()
  save(@CurrentActor() actor: Actor, @Body({ schema: PracticeFolderBody }) body: PracticeFolderBody): Promise<PracticeFolderView> {
    return this.service.save(actor, body);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.service.remove(actor, id);
  }

  @Put(':id/practices/:ref')
  add(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Param('ref', { schema: Ref }) ref: string): Promise<PracticeFolderView> {
    return this.service.place(actor, id, ref, true);
  }

  @Delete(':id/practices/:ref')
  take(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Param('ref', { schema: Ref }) ref: string): Promise<PracticeFolderView> {
    return this.service.place(actor, id, ref, false);
  }
}
