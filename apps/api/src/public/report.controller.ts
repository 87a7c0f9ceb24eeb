import { Controller, Get, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReportService } from '../moderation/index.js';
import { ENV, type Env, NotFound, Public } from '../platform/index.js';
import { type Context, contextOf, PageQuery } from './context.js';
import { layout, type Page } from './layout.js';
import { NotFoundFilter } from './not-found.filter.js';
import { isOwnForm } from './own-form.js';
import { PublicQueries } from './public.queries.js';
import { refusedReportPage, ReportedPage, ReportText, TEXT_MAX, thanksPage, TRAP, wrongReportPage } from './report-form.js';
import { ReportLimits } from './report-limits.js';
import { type Answer, answer } from './respond.js';

/** Takes the form at the foot of public pages. Whoever sends it has no account, leaves no name, and gets no answer but this page. */
@ApiExcludeController()
@Public()
@UseFilters(NotFoundFilter)
@Controller()
export class VisitorReportController {
  constructor(
    private readonly queries: PublicQueries,
    private readonly reports: ReportService,
    private readonly limits: ReportLimits,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Post('public/signaler')
  async report(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = (request.body ?? {}) as Record<string, unknown>;
    const { data } = ReportedPage.safeParse(form);
    const context = contextOf(request, PageQuery.parse({ lang: data?.lang }), this.env.publicUrl);
    const refuse = (status: Answer['status'], page: Page) => answer(request, reply, { type: 'text/html', status, body: layout(context, page), language: context.language, cache: 'no-store' });
    if (!isOwnForm(request, this.env.publicUrl)) return refuse(403, refusedReportPage(context, 'foreign'));
    if (!data) throw new NotFound();
    const text = ReportText.safeParse(form['text']);
    if (!text.success) return refuse(422, wrongReportPage(context, data.page, typeof form['text'] === 'string' ? form['text'].slice(0, TEXT_MAX) : ''));
    if (form[TRAP]) return thank(reply, context);
    const waitS = await this.limits.waitS(request.ip);
    if (waitS !== null) {
      void reply.header('retry-after', waitS);
      return refuse(429, refusedReportPage(context, 'often'));
    }
    await this.reports.fileFromVisitor(await this.queries.reported(data.page), text.data);
    return thank(reply, context);
  }

  @Get('public/merci')
  thanks(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const context = contextOf(request, PageQuery.parse(request.query), this.env.publicUrl);
    return answer(request, reply, { type: 'text/html', body: layout(context, thanksPage(context)), language: context.language });
  }
}

/** To a page of its own, so that loading it again sends nothing again. */
async function thank(reply: FastifyReply, context: Context): Promise<void> {
  await reply.header('cache-control', 'no-store').redirect(context.link('/public/merci'), 303);
}
