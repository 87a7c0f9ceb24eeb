import { bootstrap, build, supervise } from './bootstrap.mjs';

bootstrap();
build();
// Source maps of all modules would stay in memory, 20 MB, for the sake of a stack trace.
supervise(['apps/api/dist/main.js']);
