import { bootstrap, nx } from './bootstrap.mjs';

bootstrap();
nx(process.argv[2]);
