import { useI18n } from '../i18n';
import type { Upload } from './use-uploads';

/** Why a file was not taken, as a sentence that names it; of one that is too large also how much may be. */
export function useUploadProblem(): (upload: Pick<Upload, 'name' | 'error'>) => string {
  const { t, problem, formatBytes } = useI18n();
  return ({ name, error }) => {
    const maxBytes = error?.code === 'too-large' && error.params['maxBytes'];
    return t('forum.compose.fileFailed', { name, reason: typeof maxBytes === 'number' ? t('forum.compose.fileTooLarge', { size: formatBytes(maxBytes) }) : problem(error) });
  };
}
