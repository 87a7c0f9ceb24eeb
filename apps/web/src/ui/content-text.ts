/** All that a reader would see of a value, whatever its shape. */
export function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('\n');
  if (value && typeof value === 'object')
    return Object.entries(value)
      .filter(([name]) => name !== 'id' && name !== 'attachment')
      .map(([, part]) => (part === true ? '✓' : textOf(part)))
      .filter(Boolean)
      .join(', ');
  return '';
}
