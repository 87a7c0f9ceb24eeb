/** What went wrong without its message, which may quote what somebody wrote: kind, code, what of the database it is about, and where in our code. */
export interface Fault {
  error: string;
  code?: string;
  table?: string;
  constraint?: string;
  /** Places in the code, innermost first. */
  at?: string[];
}

const FRAMES = 12;
// Codes and names are words of programs; anything else could be a value.
const WORD = /^[\w.:-]{1,80}$/;
const wordOf = (error: object, key: string): string | undefined => {
  const value = (error as Record<string, unknown>)[key];
  return typeof value === 'string' && WORD.test(value) ? value : undefined;
};

export function faultOf(error: unknown): Fault {
  if (typeof error !== 'object' || error === null) return { error: typeof error };
  const [code, table, constraint] = [wordOf(error, 'code'), wordOf(error, 'table'), wordOf(error, 'constraint')];
  const at = error instanceof Error ? framesOf(error) : [];
  return { error: wordOf(error, 'name') ?? 'Error', ...(code && { code }), ...(table && { table }), ...(constraint && { constraint }), ...(at.length > 0 && { at }) };
}

/** The frames of a stack, after its head, which is the message and may look like frames itself. */
function framesOf({ message, stack = '' }: Error): string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length).split('\n');
  return frames.flatMap((line) => /\(?((?:file:\/\/|node:|\/)[\w./@-]{1,300}:\d+:\d+)\)?$/.exec(line)?.[1]?.replace(/^.*\/(?=(node_modules|dist|src)\/)/, '') ?? []).slice(0, FRAMES);
}

/** A fault on one line, for sentences of the log: `error 23505 post_pkey`. */
export function faultWords(error: unknown): string {
  const { error: name, code, constraint, at } = faultOf(error);
  return [name, code, constraint, code ? undefined : at?.[0]].filter(Boolean).join(' ');
}
