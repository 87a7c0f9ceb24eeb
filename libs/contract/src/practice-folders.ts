import { z } from 'zod';
import { Id } from './common.js';
import { cleanLine } from './forum.js';
import { PracticeRow } from './library.js';

export const FOLDERS_MAX = 50;
export const FOLDER_ENTRIES_MAX = 200;

/** A person's own collection of practices; nobody else sees it. */
export const PracticeFolderView = z.object({ id: Id, name: z.string(), refs: z.array(z.string()) }).meta({ id: 'PracticeFolder' });
export type PracticeFolderView = z.infer<typeof PracticeFolderView>;
export const PracticeFolderPage = PracticeFolderView.extend({ practices: z.array(PracticeRow) }).meta({ id: 'PracticeFolderPage' });
export type PracticeFolderPage = z.infer<typeof PracticeFolderPage>;
export const PracticeFolderBody = z.object({ id: Id, name: z.string().max(400).transform(cleanLine).pipe(z.string().min(1).max(80)) });
export type PracticeFolderBody = z.infer<typeof PracticeFolderBody>;
