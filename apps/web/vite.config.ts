import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const lib = (path: string) => fileURLToPath(new URL(`../../libs/${path}`, import.meta.url));
const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest)$/;
const WORTH_BYTES = 800;

/** Writes `.br` and `.gz` beside each text file, once, at the best quality: the server only hands them out. */
function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    // Not closeBundle: that one also runs after a failed build and would hide its error.
    writeBundle() {
      const walk = (path: string): string[] =>
        readdirSync(path).flatMap((name) => (statSync(join(path, name)).isDirectory() ? walk(join(path, name)) : [join(path, name)]));
      for (const file of walk(folder)) {
        if (!COMPRESSIBLE.test(file) || statSync(file).size < WORTH_BYTES) continue;
        const content = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), precompress()],
  resolve: {
    alias: [
      { find: '@passerelle/contract', replacement: lib('contract/src/index.ts') },
      { find: '@passerelle/text/markdown', replacement: lib('text/src/markdown.ts') },
      { find: /^@passerelle\/text$/, replacement: lib('text/src/index.ts') },
    ],
  },
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('dist', import.meta.url)),
    emptyOutDir: true,
    // Read by size.mjs.
    manifest: true,
    // CSP allows no inline code and the policy has no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            // One file, whichever parts of it pages share: each cut costs the first page half a kilobyte.
            { name: 'query', test: /node_modules\/@tanstack\/(query-core|react-query)\/(?!.*[iI]nfinite)/ },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:3000', '/socket.io': { target: 'http://127.0.0.1:3000', ws: true } },
  },
});
