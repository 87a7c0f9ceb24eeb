export { AccessionsModule } from './accessions.module.js';
