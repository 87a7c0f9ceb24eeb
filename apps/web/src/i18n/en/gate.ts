import type { gate as fr } from '../fr/gate';
import type { Like } from '../types';

export const gate: Like<typeof fr> = {
  members: 'For member cities',
  projects: 'Projects, needs and offers are read among member cities. Your invitation opens one workspace and the public practices.',
  transfers: 'Transfers are followed among member cities. Those of a public practice also stand on its page.',
  guestWrites: 'One writes here in the name of a city. Your invitation lets you write in your workspace.',
  noMandate: 'A current function is needed',
  noMandateText: 'One writes here in the name of a city. No current function is linked to your account: the secretariat can record it.',
  noOffice: 'No current function is linked to your account, or your access is suspended: what member cities exchange is closed to you. The secretariat can record a mandate. Your data remain yours, under “Me”.',
  secretariat: 'For the secretariat',
  secretariatText: 'Only the permanent secretariat imports entries.',
  secretariatSearch: 'Only the permanent secretariat reads what members looked for in vain.',
  moderation: 'For moderation only',
  moderationText: 'Only moderation deals with reports. Decisions that concern you are read under “Me”.',
  notYours: 'Only the city that keeps this sheet can change it, as long as it is open.',
  back: 'Back to the sheet',
  space: 'Go to your workspace',
  practices: 'See the practices',
  publicPractices: 'See the public practices',
};
