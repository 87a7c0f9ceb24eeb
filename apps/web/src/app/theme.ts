export type Theme = 'system' | 'light' | 'dark';
const STORED = 'passerelle.theme';

export const storedTheme = (): Theme => {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
};

/** Follows the system unless the person has chosen. */
export function applyTheme(theme: Theme = storedTheme()): void {
  localStorage.setItem(STORED, theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
