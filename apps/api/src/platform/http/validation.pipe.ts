import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '../errors.js';

const MAX_ERRORS = 20;

/** Validates `@Body/@Query/@Param({ schema })` with zod; says where and why by stable keys that the client translates. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new DomainError(
        'invalid-input',
        'invalid',
        {},
        issues.slice(0, MAX_ERRORS).map((issue) => ({
          path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
          // zod puts its own stable code on each issue beside the English message.
          message: (issue as { code?: string }).code ?? 'invalid',
        })),
      ),
  });
}
