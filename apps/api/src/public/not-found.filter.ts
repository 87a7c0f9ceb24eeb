import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV, type Env, NotFound } from '../platform/index.js';
import { contextOf, PageQuery } from './context.js';
import { notFoundPage } from './layout.js';
import { answer } from './respond.js';

/** What is hidden, what never was and what is misspelt get the same page. */
@Catch(NotFound)
export class NotFoundFilter implements ExceptionFilter {
  constructor(@Inject(ENV) private readonly env: Env) {}

  catch(_error: NotFound, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const context = contextOf(request, PageQuery.parse(request.query), this.env.publicUrl);
    return answer(request, http.getResponse<FastifyReply>(), { type: 'text/html', status: 404, body: notFoundPage(context), language: context.language, cache: 'no-cache' });
  }
}
