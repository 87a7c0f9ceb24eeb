import { bootstrap, build, supervise } from './bootstrap.mjs';

bootstrap();
build();
supervise(['--enable-source-maps', 'apps/api/dist/main.js']);
