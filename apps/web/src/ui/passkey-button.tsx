import type { PasskeyProof } from '@passerelle/contract';
import { useMutation } from '@tanstack/react-query';
import { useI18n } from '../i18n';
import { Icon } from './graphics';
import { passkeyProblem, showPasskey } from './passkey';

/** Shows a passkey and does with it what it was shown for; what went wrong is told below. */
export function PasskeyButton({
  label,
  path,
  body,
  onShown,
  primary = false,
}: {
  label: string;
  path: string;
  body?: object;
  onShown: (passkey: PasskeyProof) => Promise<unknown>;
  primary?: boolean;
}) {
  const { t, problem } = useI18n();
  const show = useMutation({ mutationFn: async () => onShown(await showPasskey(path, body)) });
  const words = passkeyProblem(show.error);
  return (
    <>
      <button
        type="button"
        className={primary ? 'btn btn-p wide' : 'btn btn-q'}
        aria-disabled={show.isPending}
        onClick={() => {
          if (!show.isPending) show.mutate();
        }}
      >
        <Icon name="lock" small />
        {label}
      </button>
      {show.isError && (
        <p className="err" role="alert">
          {words ? t(words) : problem(show.error)}
        </p>
      )}
    </>
  );
}
