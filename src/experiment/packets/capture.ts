/** Captures all that passes a router, on each of its nodes, while an experiment runs. */
import { pcapArgv } from '../../lab/capture.js';
import type { RunningLab } from '../../lab/running-lab.js';
import { qrouterNamespace } from '../../model/names.js';
import type { Lab } from '../../model/resources.js';
import { readPcap } from './pcap.js';
import { type Place, writePcapng } from './pcapng.js';

export interface Capturing {
  /** @returns the bytes of a pcapng file */
  stop(): Promise<Buffer>;
}

/** Milliseconds that tcpdump is given to write what it still has. */
const FLUSH = 3000;

/** One tcpdump a node, whose output streams here. It ends with its node, and is not begun again when that comes back. */
export async function captureRouters(running: RunningLab, lab: Lab): Promise<Capturing> {
  const places = lab.routers.flatMap(({ id, name }) =>
    (lab.router_l3_agents[id] ?? []).map((node) => ({
      node,
      namespace: qrouterNamespace(id),
      name: `${node} ${name}`,
    })),
  );
  const captures = await Promise.all(
    places.map(async ({ node, namespace, name }) => {
      const target = { node, namespace, instance: false };
      const argv = pcapArgv({ target, device: 'any', filter: [] });
      const exec = await running.runtime.exec(running.container(node).id, { argv });
      const chunks: Buffer[] = [];
      exec.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      exec.stderr.resume();
      const ended = exec.exit.then(
        () => undefined,
        () => undefined,
      );
      return { name, chunks, exec, ended };
    }),
  );
  return {
    stop: async () => {
      await Promise.all(
        captures.map(async ({ exec, ended }) => {
          exec.stdin.end();
          let timer: NodeJS.Timeout | undefined;
          await Promise.race([ended, new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH)))]);
          clearTimeout(timer);
          exec.close();
        }),
      );
      return writePcapng(
        captures.flatMap(({ name, chunks }): Place[] => {
          const capture = readPcap(Buffer.concat(chunks));
          return capture === null ? [] : [{ name, capture }];
        }),
      );
    },
  };
}
