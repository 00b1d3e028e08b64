/** Runs what a plan asks of the engine. Somebody else may be bringing the same lab up: what they made is taken as it is. */
import { EngineRequestError, SubnetTakenError } from '../../docker/engine-errors.js';
import { chooseUnderlaySubnet } from '../../docker/free-subnet.js';
import type { NodeContainer, Runtime, UnderlayNetwork } from '../../docker/runtime.js';
import type { EngineStep } from './engine-plan.js';

/** What a new node is made of, and where it is plugged in. */
export interface NewNode {
  readonly lab: string;
  readonly version: string;
  readonly image: string;
  readonly underlay: UnderlayNetwork;
  readonly address: string;
}

/**
 * @param current the node's container, if it has one
 * @param place null where nothing is to be made
 * @returns the container from then on; its state is `created` where it was made by this very call
 */
export async function runEngineStep(
  runtime: Runtime,
  step: EngineStep,
  current: NodeContainer | undefined,
  place: NewNode | null,
): Promise<NodeContainer | undefined> {
  switch (step.action) {
    case 'remove-node':
      if (current) await runtime.remove(current.id);
      return undefined;
    case 'unpause-node':
      if (current) await runtime.unpause(current.id);
      return current;
    case 'start-node':
      if (current) await runtime.start(current.id);
      return current;
    case 'create-node':
      return place === null || step.node === null ? undefined : await createNode(runtime, step.node, place);
    case 'create-underlay':
      return undefined;
  }
}

async function createNode(runtime: Runtime, node: string, place: NewNode): Promise<NodeContainer> {
  const { lab, version, image, underlay, address } = place;
  const made = await unlessThere(
    () => runtime.createNode({ lab, node, version, image, underlay: underlay.id, address }),
    async () => (await runtime.listNodes(lab)).find((container) => container.node === node),
  );
  await runtime.start(made.value.id);
  return made.byOther ? { ...made.value, state: 'running' } : made.value;
}

/** Another lab may take the same subnet between our look and our call: then the next one is tried. */
export async function createUnderlay(runtime: Runtime, lab: string, version: string): Promise<UnderlayNetwork> {
  const refused: string[] = [];
  for (;;) {
    const subnet = chooseUnderlaySubnet([...(await runtime.usedSubnets()), ...refused], runtime.engine.local);
    try {
      const made = await unlessThere(
        () => runtime.createUnderlay(lab, subnet, version),
        async () => (await runtime.listUnderlays(lab))[0],
      );
      return made.byOther ? made.value : await theOldest(runtime, made.value);
    } catch (error) {
      if (!(error instanceof SubnetTakenError) || refused.length >= 8) throw error;
      refused.push(subnet);
    }
  }
}

/** Docker before API 1.44 may make two networks of one name at once: whose is younger takes it away again. */
async function theOldest(runtime: Runtime, own: UnderlayNetwork): Promise<UnderlayNetwork> {
  const [oldest = own] = await runtime.listUnderlays(own.lab);
  if (oldest.id !== own.id) await runtime.removeUnderlay(own.id);
  return oldest;
}

/** Makes it, or finds it where the engine says that the name is taken. */
async function unlessThere<T>(
  make: () => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<{ readonly value: T; readonly byOther: boolean }> {
  try {
    return { value: await make(), byOther: false };
  } catch (error) {
    if (!(error instanceof EngineRequestError) || error.status !== 409) throw error;
    const value = await find();
    if (value === undefined) throw error;
    return { value, byOther: true };
  }
}
