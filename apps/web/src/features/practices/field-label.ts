import type { PracticeField } from '@passerelle/contract';
import type { I18n } from '../../i18n';

const SECTION_OF: Partial<
  Record<PracticeField, 'cost' | 'results' | 'steps' | 'lessons' | 'partners' | 'files' | 'goals' | 'translation'>
> = {
  costRange: 'cost',
  cost: 'cost',
  costPublic: 'cost',
  costNote: 'cost',
  funding: 'cost',
  results: 'results',
  noNumberReason: 'results',
  evidence: 'results',
  steps: 'steps',
  resources: 'steps',
  skills: 'steps',
  difficulties: 'lessons',
  successFactors: 'lessons',
  conditions: 'lessons',
  transferability: 'lessons',
  legalContext: 'lessons',
  partners: 'partners',
  coHolders: 'partners',
  linkedProject: 'partners',
  beneficiaries: 'partners',
  photos: 'files',
  documents: 'files',
  translation: 'translation',
};

/** A field by the question, or the section of questions, that it answers. */
export function fieldLabel(field: PracticeField, t: I18n['t']): string {
  switch (field) {
    case 'title':
    case 'theme':
    case 'concepts':
    case 'start':
    case 'end':
    case 'status':
    case 'problem':
    case 'solution':
    case 'summary':
    case 'contact':
    case 'language':
      return t(`editor.field.${field}`);
    default:
      return t(`editor.field.${SECTION_OF[field] ?? 'goals'}`);
  }
}
