import { z } from 'zod';

/** Cost of a practice in euros, as a range: an exact figure is sensitive and ages badly. */
export const CostRange = z.enum(['<50k', '50k-250k', '250k-1M', '1M-5M', '>5M', 'unknown']);
export type CostRange = z.infer<typeof CostRange>;
