/** Puts a text on the clipboard. @returns false where the browser keeps it closed (no secure connection, no permission). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

/** The older way, which also works over plain HTTP in a local network. */
function copyByHand(text: string): boolean {
  const area = document.createElement('textarea');
  area.className = 'vh';
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
