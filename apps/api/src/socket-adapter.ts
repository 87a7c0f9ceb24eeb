import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';

/** What is under way may end; a connection that says nothing more would hold a restart for over a minute. */
const GRACE_MS = 2_000;

/** Sockets on the server's own port. Closing them closes the server, which waits for each open connection: after a grace those are cut. */
export class SocketAdapter extends IoAdapter {
  private readonly open = new Set<Socket>();

  constructor(app: NestFastifyApplication) {
    super(app);
    const server: HttpServer = app.getHttpServer();
    server.on('connection', (connection: Socket) => {
      this.open.add(connection);
      connection.once('close', () => this.open.delete(connection));
    });
  }

  /** Every namespace of the server goes through here once, and the server itself. */
  override async close(server: Parameters<IoAdapter['close']>[0]): Promise<void> {
    const cut = setTimeout(() => this.open.forEach((connection) => connection.destroy()), GRACE_MS);
    await super.close(server);
    clearTimeout(cut);
  }
}
