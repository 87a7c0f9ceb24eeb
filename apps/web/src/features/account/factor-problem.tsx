import { ApiProblem } from '../../app/api';
import { useI18n } from '../../i18n';
import { ErrorNote, Note } from '../../ui';
import { passkeyProblem } from '../../ui/passkey';

/** Why a change of the own factors was refused. */
export function FactorProblem({ error }: { error: unknown }) {
  const { t } = useI18n();
  const demanded = error instanceof ApiProblem && error.code === 'second-factor-demanded';
  const words = demanded ? 'security.lastDemanded' : passkeyProblem(error);
  if (!words) return <ErrorNote error={error} />;
  return (
    <Note kind="refusal" icon="alert" role="alert">
      {t(words)}
    </Note>
  );
}
