import { Body, Controller, HttpStatus, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReportBody } from '@passerelle/contract';
import { type Actor, CurrentActor } from '../platform/index.js';
import { ReportService } from './report.service.js';

@ApiTags('moderation')
@Controller('reports')
export class ReportController {
  constructor(private readonly service: ReportService) {}

  @Post()
  async file(@CurrentActor() actor: Actor, @Body({ schema: ReportBody }) body: ReportBody, @Res({ passthrough: true }) reply: { status(code: number): unknown }): Promise<{ id: string }> {
    const { created, id } = await this.service.file(actor, body);
    reply.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return { id };
  }
}
