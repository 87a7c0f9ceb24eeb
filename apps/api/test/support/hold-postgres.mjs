// Starts the embedded PostgreSQL in the folder given, says where, and holds it until it is told to stop or killed.
const { startEmbeddedPostgres } = await import(new URL('../../dist/platform/embedded-postgres/index.js', import.meta.url).href);
const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] });
process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid }));
setInterval(() => undefined, 1_000);
