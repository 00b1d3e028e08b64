/** Removes a lab with all that it has on the engine, found by its labels. */
import type { Runtime } from '../../docker/runtime.js';

export interface Removed {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
}

/** What was already gone is no error: two calls at once both succeed. */
export async function down(
  runtime: Runtime,
  lab: string,
  onProgress: (what: string) => void = () => undefined,
): Promise<Removed> {
  const [containers, underlays] = await Promise.all([runtime.listNodes(lab), runtime.listUnderlays(lab)]);
  await Promise.all(
    containers.map(async (container) => {
      await runtime.remove(container.id);
      onProgress(container.node);
    }),
  );
  await Promise.all(
    underlays.map(async (underlay) => {
      await runtime.removeUnderlay(underlay.id);
    }),
  );
  return { containers: containers.map(({ node }) => node), networks: underlays.map(({ name }) => name) };
}
