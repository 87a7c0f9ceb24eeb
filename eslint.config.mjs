import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

const root = dirname(fileURLToPath(import.meta.url));
const folders = (path) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

// Who may import whom, from left to right. Folders that no layer names fail the check: a new feature takes its place here.
const API_LAYERS = [
  ['migrations'],
  ['platform'],
  ['audit'],
  ['realtime'],
  ['practices'],
  ['organisations'],
  ['accounts'],
  ['spaces'],
  ['watch'],
  ['attachment-text'],
  ['forum'],
  ['projects'],
  ['relay'],
  ['invitations', 'moderation', 'people'],
  ['accessions'],
  ['home', 'journal', 'privacy', 'public', 'search'],
  ['demo'],
];
const WEB_LAYERS = [['i18n', 'ui'], ['realtime', 'outbox'], ['features'], ['app']];
const LIB_LAYERS = [['contract'], ['text'], ['search']];
// The shell's small shared parts (fetch, queries, page title) may be used by every screen.
const WEB_SHARED = /^app\/(api|queries|page|organisations|theme|forget|owner|made-before)(\.|$)/;

const layerOf = (layers, folder) => layers.findIndex((layer) => layer.includes(folder));

/** Generated from the folder list: what one file may import of another part of the same project. */
function offence(from, to) {
  const [fromArea, fromName, , fromFolder] = from.split('/');
  const [toArea, toName, , toFolder, ...rest] = to.split('/');
  if (fromArea === 'apps' && toArea === 'apps' && fromName !== toName) return 'Apps never import each other: share through libs/contract.';
  if (fromArea === 'libs' && toArea === 'apps') return 'A library never imports an app.';
  if (fromArea === 'libs' && fromName !== toName && layerOf(LIB_LAYERS, fromName) < layerOf(LIB_LAYERS, toName))
    return `libs/${fromName} may not import libs/${toName}.`;
  if (fromName !== toName || !fromFolder || !toFolder) return null;
  if (fromFolder === toFolder && !(fromName === 'web' && fromFolder === 'features')) return null;
  if (fromName === 'api') return apiOffence(fromFolder, toFolder, rest);
  return fromName === 'web' ? webOffence(from, to, fromFolder, toFolder) : null;
}

function apiOffence(from, to, rest) {
  if (!folders('apps/api/src').includes(from) || !folders('apps/api/src').includes(to)) return null;
  if (layerOf(API_LAYERS, from) === -1) return `Give the folder ${from} its place in API_LAYERS (eslint.config.mjs).`;
  if (layerOf(API_LAYERS, to) > layerOf(API_LAYERS, from))
    return `${from} may not import ${to}: import only towards the left of API_LAYERS.`;
  const internal =
    to !== 'platform' && to !== 'migrations' && from !== 'demo' && rest.join('/') !== 'index.ts' && rest.join('/') !== 'index.js';
  return internal ? `Import ${to} through its index.ts only.` : null;
}

function webOffence(from, to, fromFolder, toFolder) {
  if (from.split('/').length < 5) return null; // main.tsx starts everything
  const [, , , , fromFeature] = from.split('/');
  const [, , , , toFeature] = to.split('/');
  if (fromFolder === 'features' && toFolder === 'features' && fromFeature !== toFeature)
    return 'Features never import each other: a page composes them.';
  if (WEB_SHARED.test(to.split('/').slice(3).join('/'))) return null;
  return layerOf(WEB_LAYERS, toFolder) > layerOf(WEB_LAYERS, fromFolder) ? `${fromFolder} may not import ${toFolder}.` : null;
}

/** Path from the root of what an import names: a file beside it or a package of ours; null for any other package. */
function placeOf(target, filename) {
  if (target.startsWith('.'))
    return relative(root, resolve(dirname(filename), target))
      .split(sep)
      .join('/');
  const [, name, path] = /^@passerelle\/([^/]+)\/?(.*)$/.exec(target) ?? [];
  if (!name) return null;
  return `${folders('libs').includes(name) ? 'libs' : 'apps'}/${name}/src/${path || 'index.ts'}`;
}

const boundaries = {
  rules: {
    layers: {
      meta: { type: 'problem', schema: [] },
      create(context) {
        const from = relative(root, context.filename).split(sep).join('/');
        const check = (node) => {
          const target = node.source?.value;
          if (typeof target !== 'string') return;
          const to = placeOf(target, context.filename);
          const message = to && offence(from, to);
          if (message) context.report({ node, message });
        };
        return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
      },
    },
    'file-name': {
      meta: { type: 'suggestion', schema: [] },
      create: (context) => ({
        Program(node) {
          if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(basename(context.filename)))
            context.report({ node, message: 'File names are kebab-case.' });
        },
      }),
    },
  },
};

export default ts.config(
  { ignores: ['**/dist/', '**/node_modules/', '.nx/', '.data/', '**/playwright-report/', '**/test-results/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    plugins: { passerelle: boundaries },
    rules: {
      'passerelle/layers': 'error',
      'passerelle/file-name': 'error',
      'max-lines': ['error', { max: 400, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
      'no-control-regex': 'off',
      'no-misleading-character-class': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
    },
  },
  {
    // Numbers in typed arrays, read between bounds that the same code has set: a check of each would cost what the arrays save.
    files: ['libs/search/src/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    languageOptions: { globals: { ...globals.browser } },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
);
