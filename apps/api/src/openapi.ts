import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { answerSchemas } from './openapi-answers.js';
import { VERSION } from './platform/version.js';

/** Publishes `/api/openapi.json`: made from the routes and their zod schemas at the first request. */
export function serveOpenApi(app: NestFastifyApplication, fastify: { get(path: string, handler: () => OpenAPIObject): unknown }): void {
  let document: OpenAPIObject | undefined;
  fastify.get('/api/openapi.json', () => {
    document ??= withAnswers(
      SwaggerModule.createDocument(
        app,
        new DocumentBuilder()
          .setOpenAPIVersion('3.1.0')
          .setTitle('Passerelle')
          .setDescription(
            'Exchange platform of the International Association of Francophone Mayors. Errors are application/problem+json with a stable `code`.',
          )
          .setVersion(VERSION)
          .addCookieAuth('passerelle_session')
          .build(),
      ),
    );
    return document;
  });
}

/** Adds the schemas of answers; views that the contract names become components. */
function withAnswers(document: OpenAPIObject): OpenAPIObject {
  // Converted together, so that a view used by several routes is written once. Readers must let unknown fields pass: an
  // answer may grow, so the document does not close its objects.
  const converted = z.toJSONSchema(z.object(answerSchemas), {
    io: 'output',
    override: ({ jsonSchema }) => void (jsonSchema.additionalProperties === false && delete jsonSchema.additionalProperties),
  });
  const { properties = {}, $defs = {} } = JSON.parse(
    JSON.stringify(converted).replaceAll('#/$defs/', '#/components/schemas/'),
  ) as typeof converted;
  for (const methods of Object.values(document.paths))
    for (const operation of [methods.get, methods.post, methods.put, methods.patch, methods.delete]) {
      const schema = operation && properties[operation.operationId ?? ''];
      if (!schema) continue;
      for (const [status, response] of Object.entries(operation.responses))
        if (/^2/.test(status) && response && !('$ref' in response)) response.content = { 'application/json': { schema: schema as object } };
    }
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...($defs as Record<string, object>) } };
  return document;
}
