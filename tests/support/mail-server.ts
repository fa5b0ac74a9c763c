import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** A mail as the server took it. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text, as they came. */
  readonly data: string;
}

export interface MailServer extends AsyncDisposable {
  readonly url: string;
  readonly mails: readonly TakenMail[];
}

interface MailServerOptions {
  /** What it answers to a command instead, such as `550 5.7.1 No.`; `undefined`: what is usual. */
  readonly answer?: (command: string) => string | undefined;
  /** True: it takes connections and says nothing. */
  readonly isSilent?: boolean;
  /** Where it listens. */
  readonly host?: string;
}

/** A mail server on this machine that speaks just enough SMTP. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { host = '127.0.0.1' } = options;
  const mails: TakenMail[] = [];
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (options.isSilent !== true) converse(socket, mails, options);
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    url: `smtp://${host}:${(server.address() as AddressInfo).port}`,
    mails,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function converse(socket: Socket, mails: TakenMail[], { answer }: MailServerOptions): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let from = '';
  let to: string[] = [];
  let data: string[] | undefined;
  let rest = '';
  say('220 test ESMTP');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (data !== undefined) {
        if (line !== '.') data.push(line);
        else {
          mails.push({ from, to, data: data.join('\n') });
          [data, from, to] = [undefined, '', []];
          say('250 taken');
        }
        continue;
      }
      const own = answer?.(line);
      if (own !== undefined) {
        say(own);
        continue;
      }
      const [, address = ''] = /<([^>]*)>/.exec(line) ?? [];
      switch (line.slice(0, 4).toUpperCase()) {
        case 'EHLO':
          say('250-test\r\n250 AUTH PLAIN');
          break;
        case 'AUTH':
          say('235 fine');
          break;
        case 'MAIL':
          from = address;
          say('250 fine');
          break;
        case 'RCPT':
          to.push(address);
          say('250 fine');
          break;
        case 'DATA':
          data = [];
          say('354 go on');
          break;
        case 'QUIT':
          say('221 bye');
          socket.end();
          break;
        default:
          say('250 fine');
      }
    }
  });
}
