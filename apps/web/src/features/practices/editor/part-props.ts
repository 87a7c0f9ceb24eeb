import type { PracticeContent } from '@passerelle/contract';
import type { Write } from './short-form';

/** What each part of the form gets. */
export interface PartProps {
  content: PracticeContent;
  write: Write;
  problem: (path: string) => string | undefined;
}
