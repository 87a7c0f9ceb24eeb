import { Controller, Get, Inject, Param, Query, Req, Res, StreamableFile, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Id } from '@passerelle/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENV, type Env, NotFound, Public } from '../platform/index.js';
import { type Context, contextOf, PageQuery } from './context.js';
import { atomFeed, robots, sitemap } from './feeds.js';
import { layout, type Page } from './layout.js';
import { mapPage } from './map-page.js';
import { LAND_SVG } from './map.js';
import { NotFoundFilter } from './not-found.filter.js';
import { cityPage, citiesPage, homePage, listPage } from './pages.js';
import { practicePage } from './practice-page.js';
import { PublicFiles } from './public.files.js';
import { CITIES_SIZE, FEED_SIZE, PAGE_SIZE, PublicQueries } from './public.queries.js';
import { answer, KEEP_FOR_EVER } from './respond.js';
import { SECURITY_PATH, securityPage, securityTxt } from './security.js';
import { STYLE } from './style.js';

const HOME_SIZE = 5;
/** A sitemap may hold 50 000 addresses. */
const SITEMAP_MAX = 20_000;
const NAME = /^[a-z0-9-]{1,80}$/;

/** Pages for visitors and robots: without session, without script, never more than openToVisitors() lets out. */
@ApiExcludeController()
@Public()
@UseFilters(NotFoundFilter)
@Controller()
export class PublicController {
  constructor(
    private readonly queries: PublicQueries,
    private readonly files: PublicFiles,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get('public')
  home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.page(request, reply, async (context) => {
      const [{ items }, counts] = await Promise.all([this.queries.practices({}, 0, HOME_SIZE), this.queries.counts()]);
      return homePage(context, items, counts);
    });
  }

  @Get('public/pratiques')
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.page(request, reply, async (context, query) => {
      const [listed, choices] = await Promise.all([this.queries.practices(query, (query.page - 1) * PAGE_SIZE, PAGE_SIZE), this.queries.choices()]);
      return listPage(context, query, listed, choices);
    });
  }

  @Get('public/pratiques.atom')
  async feed(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const context = contextOf(request, PageQuery.parse(request.query), this.env.publicUrl);
    const { items } = await this.queries.practices({}, 0, FEED_SIZE);
    return answer(request, reply, { type: 'application/atom+xml', body: atomFeed(context, items), language: context.language });
  }

  @Get('public/pratiques/:ref')
  practice(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('ref') ref: string): Promise<void> {
    return this.page(request, reply, async (context) => practicePage(context, await this.queries.entry(named(ref))));
  }

  @Get('public/villes')
  cities(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.page(request, reply, async (context, { page }) => citiesPage(context, page, await this.queries.cities((page - 1) * CITIES_SIZE, CITIES_SIZE)));
  }

  @Get('public/villes/:slug')
  city(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('slug') slug: string): Promise<void> {
    return this.page(request, reply, async (context, { page }) => {
      const [city, listed] = await Promise.all([this.queries.city(named(slug)), this.queries.practices({ city: slug }, (page - 1) * PAGE_SIZE, PAGE_SIZE)]);
      return cityPage(context, page, city, listed);
    });
  }

  @Get('public/carte')
  map(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.page(request, reply, async (context) => mapPage(context, await this.queries.map()));
  }

  @Get(['public/fichiers/:id', 'public/fichiers/:id/:size'])
  async file(@Res({ passthrough: true }) reply: FastifyReply, @Param('id') id: string, @Param('size') size?: string): Promise<StreamableFile> {
    if (!Id.safeParse(id).success || (size !== undefined && size !== 'vignette')) throw new NotFound();
    return this.files.open(id, size === 'vignette', reply);
  }

  @Get('public/style.css')
  style(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('v') version?: string): Promise<void> {
    return answer(request, reply, { type: 'text/css', body: STYLE, ...(version && { cache: KEEP_FOR_EVER }) });
  }

  @Get('public/terre.svg')
  land(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return answer(request, reply, { type: 'image/svg+xml', body: LAND_SVG, cache: 'public, max-age=604800' });
  }

  @Get('public/securite')
  security(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.page(request, reply, async (context) => securityPage(context, this.env.securityContact));
  }

  @Get('.well-known/security.txt')
  securityTxt(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return answer(request, reply, { type: 'text/plain', body: securityTxt(this.env, new Date()) });
  }

  @Get('robots.txt')
  robots(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return answer(request, reply, { type: 'text/plain', body: robots(this.env.publicUrl) });
  }

  @Get('sitemap.xml')
  async sitemap(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { practices, cities } = await this.queries.addresses(SITEMAP_MAX);
    const fixed = ['/public', '/public/pratiques', '/public/villes', '/public/carte', SECURITY_PATH].map((path) => ({ place: { path } }));
    const under = (folder: string, rows: { key: string; at: string }[]) => rows.map(({ key, at }) => ({ place: { path: `/public/${folder}/${key}` }, at }));
    return answer(request, reply, { type: 'application/xml', body: sitemap(this.env.publicUrl, [...fixed, ...under('pratiques', practices), ...under('villes', cities)]) });
  }

  /** The application's page must not answer under this folder: it would tell a robot that everything exists. */
  @Get('public/*')
  nothing(): never {
    throw new NotFound();
  }

  private async page(request: FastifyRequest, reply: FastifyReply, make: (context: Context, query: PageQuery) => Promise<Page | null>): Promise<void> {
    const query = PageQuery.parse(request.query);
    const context = contextOf(request, query, this.env.publicUrl);
    const page = await make(context, query);
    if (!page) throw new NotFound();
    return answer(request, reply, { type: 'text/html', body: layout(context, page), language: context.language });
  }
}

/** @throws NotFound for what no practice and no city can be called. */
function named(name: string): string {
  if (!NAME.test(name)) throw new NotFound();
  return name;
}
