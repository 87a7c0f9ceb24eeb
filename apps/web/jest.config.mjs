/** Pure parts of the client, and those that need a device's database (fake-indexeddb). */
export default {
  rootDir: '../..',
  roots: ['<rootDir>/apps/web/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@passerelle/contract$': '<rootDir>/libs/contract/src/index.ts',
    '^@passerelle/text$': '<rootDir>/libs/text/src/index.ts',
    '^@passerelle/text/markdown$': '<rootDir>/libs/text/src/markdown.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/apps/.*/dist', '<rootDir>/libs/.*/dist'],
};
