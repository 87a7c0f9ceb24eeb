import { TEXT_LIMITS } from './limits.js';

const EVERY_MS = 20;

// A thread of its own: the one that reads may be in a loop, and memory outside of the heap is bounded by no option of Node.js.
setInterval(() => {
  if (process.memoryUsage.rss() > TEXT_LIMITS.residentBytes) process.kill(process.pid, 'SIGKILL');
}, EVERY_MS);
