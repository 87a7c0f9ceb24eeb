// The limit: the same page of the library as plain SQL, and one practice with its transfers and threads, with nothing around them.
import { createServer } from 'node:http';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 16 });
const TAKEN = `(SELECT count(*) FROM transfer x WHERE x.practice_id = p.id AND x.state IN ('taken-up', 'taken-up-in-part') AND x.to_organisation_id IS DISTINCT FROM p.organisation_id)`;
const LIST = {
  name: 'list',
  text: `SELECT p.id, p.ref, p.title, p.summary, p.theme_id, p.concepts, p.city_name, o.slug, p.country, o.country_name, p.year_start, p.year_end, p.cost_range, ${TAKEN} AS taken_up
         FROM practice p LEFT JOIN organisation o ON o.id = p.organisation_id WHERE p.state IN ('published','public','in-expertise','validated','to-confirm') ORDER BY taken_up DESC, p.title, p.ref LIMIT 20`,
};
const COUNTS = {
  name: 'counts',
  text: `SELECT p.theme_id, p.country, p.cost_range, o.population < 100000 AS small, count(*) FROM practice p LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE p.state IN ('published','public','in-expertise','validated','to-confirm') GROUP BY GROUPING SETS ((p.theme_id), (p.country), (p.cost_range), (o.population < 100000), ())`,
};
const PAGE = {
  name: 'page',
  text: `SELECT p.*, o.name, o.slug, o.latitude, o.longitude,
           (SELECT jsonb_agg(jsonb_build_object('to', t.name, 'state', x.state, 'year', x.year, 'note', x.note)) FROM transfer x JOIN organisation t ON t.id = x.to_organisation_id WHERE x.practice_id = p.id) AS transfers,
           (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title)) FROM thread t WHERE t.practice_id = p.id) AS threads
         FROM practice p LEFT JOIN organisation o ON o.id = p.organisation_id WHERE p.ref = 'demo-02'`,
};

const server = createServer((request, response) => {
  const work = request.url === '/page' ? pool.query(PAGE).then(({ rows }) => rows[0]) : Promise.all([pool.query(LIST), pool.query(COUNTS)]).then(([list, counts]) => ({ items: list.rows, counts: counts.rows }));
  work.then(
    (content: unknown) => {
      const text = JSON.stringify(content);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
    },
    (error: Error) => response.writeHead(500).end(error.message),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address ? address.port : 0);
});
process.once('SIGINT', () => process.exit(0));
