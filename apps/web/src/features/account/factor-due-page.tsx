import { useQueryClient } from '@tanstack/react-query';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { Mark, Note } from '../../ui';
import { Factors } from './factors';
import { SignOut } from './sign-out';

/** A second factor is demanded and missing: it is set up here, before anything else. The address that was asked for opens afterwards. */
export default function FactorDuePage() {
  const { t } = useI18n();
  const cache = useQueryClient();
  usePage(t('security.dueTitle'));
  return (
    <main id="contenu" className="page full-entry">
      <div>
        <p className="brand">
          <Mark />
          <span>Passerelle</span>
        </p>
        <h1 className="h-long mt-3">{t('security.dueTitle')}</h1>
        <Note kind="attention" icon="lock">
          {t('security.dueText')}
        </Note>
        {/* Codes are shown once: the way on opens when they were kept. */}
        <Factors onKept={() => void cache.invalidateQueries()} />
        <section className="sec">
          <h2>{t('security.dueLeave')}</h2>
          <SignOut />
        </section>
      </div>
    </main>
  );
}
