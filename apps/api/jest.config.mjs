/** Real PostgreSQL (one embedded server a run, one database a file), real HTTP and sockets. */
export default {
  rootDir: '../..',
  roots: ['<rootDir>/apps/api/test', '<rootDir>/libs'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@passerelle/contract$': '<rootDir>/libs/contract/src/index.ts',
    '^@passerelle/search$': '<rootDir>/libs/search/src/index.ts',
    '^@passerelle/search/lexicon$': '<rootDir>/libs/search/src/lexicon/index.ts',
    '^@passerelle/text$': '<rootDir>/libs/text/src/index.ts',
    '^@passerelle/text/markdown$': '<rootDir>/libs/text/src/markdown.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/apps/.*/dist', '<rootDir>/libs/.*/dist'],
  globalSetup: '<rootDir>/apps/api/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/apps/api/test/support/global-teardown.mjs',
  maxWorkers: 2,
  testTimeout: 30_000,
};
