import type { SpaceDetail } from '@passerelle/contract';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { v7 as uuid } from 'uuid';
import { api } from '../../app/api';
import { usePage } from '../../app/page';
import { useI18n } from '../../i18n';
import { NO_FIELDS, SpaceForm, type SpaceFields } from './space-form';
import { useAct } from './spaces.api';

/** Moderation and secretariat create spaces; whoever does animates it first. */
export default function CreateSpacePage() {
  const { t } = useI18n();
  const [, navigate] = useLocation();
  const [id] = useState(() => uuid());
  const create = useAct((fields: SpaceFields) => api.post<SpaceDetail>('/api/spaces', { id, ...fields }), ({ slug }) => navigate(`/espaces/${slug}/membres`));
  usePage(t('spaces.createTitle'), { back: { href: '/espaces', label: t('spaces.title') } });
  return (
    <div>
      <h1>{t('spaces.createTitle')}</h1>
      <SpaceForm start={NO_FIELDS} settles submit={t('spaces.form.create')} pending={create.isPending} error={create.error} onSubmit={(fields) => create.mutate(fields)} />
    </div>
  );
}
