/** An endpoint that learners collect into, and that a trainer reads: PUT /NAME.json, GET /. */
import { mkdir } from 'node:fs/promises';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { join } from 'node:path';
import { fileName } from './collect.js';
import { collected, parsed } from './collected.js';
import { writeWhole } from './progress-file.js';

/** Bytes; the progress of a learner in a hundred lessons has a tenth of that. */
const MAX_BYTES = 256 * 1024;

/** @param folder Where it keeps what comes. @returns when it listens */
export async function serveRoom(
  folder: string,
  { host, port, onChange }: { readonly host: string; readonly port: number; readonly onChange: () => void },
): Promise<Server> {
  await mkdir(folder, { recursive: true });
  const server = createServer((request, response) => {
    const answer = (status: number, body = ''): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    };
    const handle = async (): Promise<void> => {
      if (request.method === 'GET') {
        answer(200, JSON.stringify(await collected(folder)));
        return;
      }
      if (request.method !== 'PUT') {
        answer(405);
        return;
      }
      const progress = parsed(await bodyOf(request));
      if (progress === null) {
        answer(400);
        return;
      }
      await writeWhole(join(folder, `${fileName(progress.learner)}.json`), JSON.stringify(progress));
      answer(204);
      onChange();
    };
    handle().catch(() => {
      answer(500);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** Empty where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
