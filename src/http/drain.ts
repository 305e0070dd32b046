/** Closing without cutting anyone off: no new connections, running requests finish, idle connections end. */
import type { Server } from 'node:http';

const sweepMs = 50;

/** Resolves when the last connection is closed; those that still run after `limit` milliseconds are cut. */
export function drain(server: Server, limit: number): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    // A connection that becomes idle while the server closes would otherwise live on until its keep-alive ends.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
    const cut = setTimeout(() => server.closeAllConnections(), limit);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
