import type { FactorsView } from '@passerelle/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../app/api';

/** The own proofs of who one is. */
export const factorsQuery = queryOptions({ queryKey: ['factors'], queryFn: () => api.get<FactorsView>('/api/me/second-factor') });
export const hasFactor = ({ totp, passkeys }: FactorsView): boolean => totp !== null || passkeys.length > 0;
