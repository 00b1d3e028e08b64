/**
 * HTTP over `ssh HOST docker system dial-stdio`, as the docker command does it: with the user's own ssh, so that its
 * configuration, keys and known hosts count. One ssh a connection.
 */
import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex, PassThrough } from 'node:stream';

export class SshAgent extends Agent {
  readonly #argv: readonly string[];

  constructor(host: string, port: number | null, user: string | null) {
    super({ keepAlive: false });
    this.#argv = [
      // Never a question on the terminal: a person may not be there to answer it.
      ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10'],
      ...(user === null ? [] : ['-l', user]),
      ...(port === null ? [] : ['-p', String(port)]),
      ...['--', host, 'docker', 'system', 'dial-stdio'],
    ];
  }

  override createConnection(): Duplex {
    const child = spawn('ssh', this.#argv, { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-500)));
    // The end of ssh's output says less than its exit code, which comes after it.
    const output = child.stdout.pipe(new PassThrough(), { end: false });
    // So does its input, which is closed at the exit.
    const input = new PassThrough();
    input.pipe(child.stdin).on('error', () => undefined);
    const duplex = Duplex.from({ writable: input, readable: output });
    child.on('error', (error) => duplex.destroy(error));
    child.on('close', (code) => {
      if (code === 0) output.end();
      else duplex.destroy(new Error(`ssh ended with ${String(code)}: ${said.trim()}`));
    });
    duplex.on('close', () => child.kill());
    return duplex;
  }
}
