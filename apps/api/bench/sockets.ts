// Many sockets in a process of their own: connects, watches, and tells the parent when each message arrived.
import { io, type Socket } from 'socket.io-client';

interface Job {
  url: string;
  cookie: string;
  thread: string;
  count: number;
  watch: boolean;
}

const CONNECTING_AT_ONCE = 50;
const sockets: Socket[] = [];
const arrivals = new Map<string, number[]>();

function connect(job: Job): Promise<void> {
  return new Promise((done, fail) => {
    const socket = io(job.url, { extraHeaders: { cookie: job.cookie }, transports: ['websocket'], reconnection: false, forceNew: true });
    sockets.push(socket);
    socket.on('event', (event: { type: string; data: { id: string } }) => {
      if (event.type === 'post.created') arrivals.get(event.data.id)?.push(performance.timeOrigin + performance.now());
    });
    socket.once('connect_error', fail);
    socket.once('connect', () => {
      if (job.watch) socket.emit('watch', { thread: job.thread }, () => done());
      else done();
    });
  });
}

process.on('message', (message: { type: 'start'; job: Job } | { type: 'expect'; id: string } | { type: 'collect' }) => {
  if (message.type === 'expect') arrivals.set(message.id, []);
  if (message.type === 'collect') process.send?.({ type: 'arrivals', arrivals: [...arrivals] });
  if (message.type === 'start') {
    const { job } = message;
    const queue = Array.from({ length: job.count }, () => () => connect(job));
    const worker = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) await next();
    };
    Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, worker)).then(
      () => process.send?.({ type: 'ready' }),
      (error: Error) => process.send?.({ type: 'failed', reason: error.message }),
    );
  }
});
process.once('disconnect', () => process.exit(0));
