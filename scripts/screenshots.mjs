import { bootstrap, build, supervise } from './bootstrap.mjs';
import { findChromium, MISSING } from './browser.mjs';

bootstrap();
build();
if (!findChromium()) {
  console.error(MISSING);
  process.exit(1);
}
supervise(['apps/web-e2e/screenshots.mjs', ...process.argv.slice(2)], { CHROMIUM_PATH: findChromium() });
