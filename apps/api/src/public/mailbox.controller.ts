import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Language } from '@passerelle/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MailboxService } from '../people/index.js';
import { DomainError, ENV, type Env, Public } from '../platform/index.js';
import { contextOf, PageQuery } from './context.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { isOwnForm } from './own-form.js';
import { type Answer, answer } from './respond.js';

const Form = z.object({ token: z.string().min(20).max(200), lang: Language.optional().catch(undefined) });

/** Where the link in a city's mailbox leads. One press confirms: programs that open links in mails must not use it up. */
@ApiExcludeController()
@Public()
@Controller()
export class MailboxPageController {
  constructor(
    private readonly mailboxes: MailboxService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get('public/boite')
  ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { data } = Form.safeParse(request.query);
    const { words, language } = this.context(request, data?.lang);
    const form = data && html`<p>${words.mailbox.text}</p><form method="post" action="/public/boite"><input type="hidden" name="token" value="${data.token}"><input type="hidden" name="lang" value="${language}"><button>${words.mailbox.confirm}</button></form>`;
    return this.show(request, reply, data?.lang, form ? { status: 200, title: words.mailbox.title, body: form } : { status: 404, title: words.mailbox.title, body: html`<p>${words.mailbox.invalid}</p>` });
  }

  @Post('public/boite')
  async confirm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { data } = Form.safeParse(request.body ?? {});
    const { words } = this.context(request, data?.lang);
    const refuse = (status: Answer['status'], text: string) => this.show(request, reply, data?.lang, { status, title: words.mailbox.title, body: html`<p>${text}</p>` });
    if (!isOwnForm(request, this.env.publicUrl)) return refuse(403, words.reporting.foreign);
    if (!data) return refuse(404, words.mailbox.invalid);
    try {
      const city = await this.mailboxes.confirm(data.token, request.ip);
      return await this.show(request, reply, data.lang, { status: 200, title: words.mailbox.done, body: html`<p>${words.mailbox.doneText(city)}</p>` });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return refuse(error.code === 'rate-limited' ? 429 : 404, error.code === 'rate-limited' ? words.mailbox.often : words.mailbox.invalid);
    }
  }

  private context(request: FastifyRequest, lang: Language | undefined) {
    return contextOf(request, PageQuery.parse({ lang }), this.env.publicUrl);
  }

  private show(request: FastifyRequest, reply: FastifyReply, lang: Language | undefined, { status, title, body }: { status: Answer['status']; title: string; body: ReturnType<typeof html> }): Promise<void> {
    const context = this.context(request, lang);
    const page = layout(context, { title, description: title, place: null, body: html`<h1>${title}</h1>${body}` });
    return answer(request, reply, { type: 'text/html', status, body: page, language: context.language, cache: 'no-store' });
  }
}
