import { bootstrap, build, supervise } from './bootstrap.mjs';

bootstrap();
build();
supervise(['apps/api/dist/admin.js', ...process.argv.slice(2)]);
