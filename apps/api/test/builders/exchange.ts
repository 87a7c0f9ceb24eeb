import { PracticeImportReport } from '@passerelle/contract';
import type { Answer, TestApp } from '../support/app.js';
import type { Member } from './forum.js';

interface Sent {
  query?: string;
  type?: string;
  who?: Member;
}

/** The two routes of files of practices; without `who` in the name of the administrator. */
export function exchangeOf(app: TestApp, administrator: Member) {
  const send = async (file: string | Buffer, { query = '', type = 'text/csv', who = administrator }: Sent = {}): Promise<Answer> => {
    const response = await fetch(`${app.url}/api/practices-import?${query}`, {
      method: 'POST',
      headers: { cookie: who.cookie, 'content-type': type },
      body: new Uint8Array(Buffer.from(file)),
    });
    const text = await response.text();
    return { status: response.status, text, headers: response.headers, json: JSON.parse(text) };
  };
  /** What the server says of the file; without `dryRun=false` it writes nothing. */
  const report = async (file: string | Buffer, sent: Sent = {}): Promise<PracticeImportReport> => {
    const answer = await send(file, sent);
    if (answer.status !== 200) throw new Error(`report: ${answer.status} ${answer.text}`);
    return PracticeImportReport.parse(answer.json);
  };
  return {
    send,
    report,
    write: (file: string | Buffer, sent: Sent = {}) => report(file, { ...sent, query: `dryRun=false&${sent.query ?? ''}` }),
    /** The bytes: read as text, the mark of the encoding would be gone. */
    exported: async (who = administrator, query = '') =>
      Buffer.from(await (await fetch(`${app.url}/api/practices-export?${query}`, { headers: { cookie: who.cookie } })).arrayBuffer()),
    count: async () => (await app.database.row<{ n: number }>('SELECT count(*) AS n FROM practice'))?.n ?? 0,
  };
}

/** `line column code` of each error. */
export const places = ({ errors }: PracticeImportReport) => errors.map(({ line, column, code }) => `${line} ${column} ${code}`);

export const HEADINGS = 'ref,city,country,title,theme,concepts,summary';
export const lineOf = (ref: string, { city = 'Dakar', title = 'Un titre', theme = 'dechets-proprete', summary = '' } = {}) =>
  `${ref},${city},SN,"${title}",${theme},dechets,"${summary}"`;
