import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from './platform/version.js';

/** Publishes `/api/openapi.json`: made from the routes and their zod schemas at the first request. */
export function serveOpenApi(app: NestFastifyApplication, fastify: { get(path: string, handler: () => OpenAPIObject): unknown }): void {
  let document: OpenAPIObject | undefined;
  fastify.get('/api/openapi.json', () => {
    document ??= SwaggerModule.createDocument(
      app,
      new DocumentBuilder()
        .setOpenAPIVersion('3.1.0')
        .setTitle('Passerelle')
        .setDescription('Exchange platform of the International Association of Francophone Mayors. Errors are application/problem+json with a stable `code`.')
        .setVersion(VERSION)
        .addCookieAuth('passerelle_session')
        .build(),
    );
    return document;
  });
}
