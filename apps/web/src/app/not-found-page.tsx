import { Link } from 'wouter';
import { useI18n } from '../i18n';
import { Empty } from '../ui';
import { usePage } from './page';

export default function NotFoundPage() {
  const { t } = useI18n();
  usePage(t('shell.notFoundTitle'));
  return (
    <Empty heading="h1" title={t('shell.notFoundTitle')} text={t('shell.notFound')}>
      <Link className="btn btn-p" href="/">
        {t('shell.goHome')}
      </Link>
    </Empty>
  );
}
