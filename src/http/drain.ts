/** Closing without cutting anyone off: no new connections, running requests finish, idle connections end. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const sweepMs = 50;

export interface Drain {
  /** Resolves when the last connection is closed; those that still run after `limit` milliseconds are cut. The second call waits for the first. */
  close(limit: number): Promise<void>;
}

/** Node counts a connection as idle only after its first request; browsers open some that never carry one. */
function trackSockets(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
}

function closeGently(server: Server, closeUnused: () => void, limit: number): Promise<void> {
  return new Promise((resolve) => {
    const sweep = (): void => {
      closeUnused();
      server.closeIdleConnections();
    };
    // A connection that becomes idle while the server closes would otherwise live on until its keep-alive ends.
    const sweeping = setInterval(sweep, sweepMs);
    const cutting = setTimeout(() => server.closeAllConnections(), limit);
    server.close(() => {
      clearInterval(sweeping);
      clearTimeout(cutting);
      resolve();
    });
    sweep();
  });
}

/** To be made before the server listens. */
export function createDrain(server: Server): Drain {
  const closeUnused = trackSockets(server);
  let closing: Promise<void> | undefined;
  return {
    close: (limit) => (closing ??= server.listening ? closeGently(server, closeUnused, limit) : Promise.resolve()),
  };
}
