// The limit: the same page read, a plain insert and a plain broadcast, with nothing around them.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';

const THREAD = process.env['BENCH_THREAD'] ?? '';
const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 16 });
const PAGE = {
  name: 'page',
  text: `SELECT p.id, p.position, p.body, p.html, p.language, p.version, p.author_name, p.author_function, o.name AS organisation, o.country, p.created_at, p.edited_at, p.state, p.reaction_counts
         FROM post p JOIN organisation o ON o.id = p.author_organisation_id WHERE p.thread_id = $1 AND p.position > $2 ORDER BY p.position LIMIT 20`,
};
const INSERT = {
  name: 'insert',
  text: 'INSERT INTO bench_post (id, thread_id, body, created_at) VALUES ($1, $2, $3, now()) RETURNING id, created_at',
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const json = (status: number, content: unknown) => {
    const text = JSON.stringify(content);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
  };
  if (request.method === 'GET') {
    const { rows } = await pool.query({ ...PAGE, values: [THREAD, 0] });
    return json(200, { items: rows });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as { id: string; body: string };
  if (request.url === '/broadcast') {
    io.to('room').emit('event', { type: 'post.created', data: body });
    return json(200, {});
  }
  const { rows } = await pool.query({ ...INSERT, values: [body.id, THREAD, body.body] });
  json(201, rows[0]);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
});
const io = new Server(server, { serveClient: false, perMessageDeflate: false });
io.on('connection', (socket) => {
  void socket.join('room');
  socket.on('watch', (_body: unknown, ack: (result: { ok: true }) => void) => ack({ ok: true }));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address ? address.port : 0);
});
process.once('SIGINT', () => process.exit(0));
