import { z } from 'zod';
import { COST_RANGES } from './practice-kinds.js';

/** Cost of a practice in euros, as a range: an exact figure is sensitive and ages badly. */
export const CostRange = z.enum(COST_RANGES);
export type CostRange = z.infer<typeof CostRange>;
