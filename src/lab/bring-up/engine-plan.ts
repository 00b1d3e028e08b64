/** What is to be done on the engine before the nodes can be set up: the underlay and the containers. Pure. */
import type { NodeContainer, UnderlayNetwork } from '../../docker/runtime.js';
import type { Lab } from '../../model/resources.js';

/** What the engine has of a lab. */
export interface Survey {
  readonly containers: readonly NodeContainer[];
  readonly underlay: UnderlayNetwork | null;
}

export interface EngineStep {
  readonly change: 'create' | 'update' | 'remove';
  readonly action: 'create-underlay' | 'create-node' | 'start-node' | 'unpause-node' | 'remove-node';
  /** Null for what concerns the lab as a whole. */
  readonly node: string | null;
  readonly why: string;
}

/** How a container must change, given the image that its lab should run on. */
function containerStep(node: string, container: NodeContainer | undefined, image: string): EngineStep[] {
  if (!container) {
    return [
      {
        change: 'create',
        action: 'create-node',
        node,
        why: 'every node of the lab is a container that stands for a host',
      },
    ];
  }
  if (container.image !== image) {
    return [
      { change: 'remove', action: 'remove-node', node, why: 'it was made from another version of the node image' },
      {
        change: 'create',
        action: 'create-node',
        node,
        why: 'every node of the lab is a container that stands for a host',
      },
    ];
  }
  switch (container.state) {
    case 'running':
      return [];
    case 'paused':
      return [{ change: 'update', action: 'unpause-node', node, why: 'it is frozen: none of its processes runs' }];
    case 'created':
    case 'exited':
      return [{ change: 'update', action: 'start-node', node, why: `it is not running (${container.state})` }];
    case 'restarting':
    case 'removing':
    case 'dead':
      return [
        {
          change: 'remove',
          action: 'remove-node',
          node,
          why: `the engine cannot use it any more (${container.state})`,
        },
        {
          change: 'create',
          action: 'create-node',
          node,
          why: 'every node of the lab is a container that stands for a host',
        },
      ];
  }
}

export function planEngine(lab: Lab, survey: Survey, image: string): EngineStep[] {
  const byNode = new Map(survey.containers.map((container) => [container.node, container]));
  const wanted = new Set(lab.nodes.map((node) => node.name));
  const surplus = survey.containers
    .filter((container) => !wanted.has(container.node))
    .map((container): EngineStep => ({
      change: 'remove',
      action: 'remove-node',
      node: container.node,
      why: 'the lab has no such node any more',
    }));
  const underlay: EngineStep[] = survey.underlay
    ? []
    : [
        {
          change: 'create',
          action: 'create-underlay',
          node: null,
          why: 'the nodes reach each other over an internal network that carries the VXLANs and leads nowhere else',
        },
      ];
  return [...surplus, ...underlay, ...lab.nodes.flatMap(({ name }) => containerStep(name, byNode.get(name), image))];
}
