/** A file of a container, whether it runs or not. */
import { buffer } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { attempt } from './engine-answers.js';
import { EngineRequestError } from './engine-errors.js';

/** @returns its text; null where there is no such file, or no such container any more */
export async function readContainerFile(docker: Docker, id: string, path: string): Promise<string | null> {
  const call = { what: `the file ${path} of a node` };
  try {
    return await attempt(call, async () => {
      const archive = await docker.getContainer(id).getArchive({ path });
      const { default: tarStream } = await import('tar-stream');
      for await (const entry of archive.pipe(tarStream.extract())) {
        if (entry.header.type === 'file') return (await buffer(entry)).toString('utf8');
      }
      return null;
    });
  } catch (error) {
    if (error instanceof EngineRequestError && error.status === 404) return null;
    throw error;
  }
}
