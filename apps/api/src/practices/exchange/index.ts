import { PracticeExchangeController } from './exchange.controller.js';
import { PracticeExport } from './export.queries.js';
import { ImportBody } from './import-body.js';
import { PracticeImporter } from './import.service.js';

export { PracticeImporter };
/** Parts of the module of practices. */
export const EXCHANGE = { controllers: [PracticeExchangeController], providers: [PracticeExport, PracticeImporter, ImportBody] };
