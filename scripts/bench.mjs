import { bootstrap, build, supervise } from './bootstrap.mjs';

bootstrap();
build();
supervise(['apps/api/dist/bench/main.js', ...process.argv.slice(2)]);
