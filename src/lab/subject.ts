/** A router, a network or an instance: what has a namespace of its own on each of its nodes. Pure. */
import { instanceNamespace, qdhcpNamespace, qrouterNamespace } from '../model/names.js';
import type { Lab } from '../model/resources.js';
import type { LabStatus } from './status.js';

export interface Subject {
  readonly kind: 'router' | 'network' | 'instance';
  readonly id: string;
  readonly name: string;
}

export function subjectsOf({ routers, networks, instances }: Lab): Subject[] {
  return [
    ...routers.map(({ id, name }): Subject => ({ kind: 'router', id, name })),
    ...networks.map(({ id, name }): Subject => ({ kind: 'network', id, name })),
    ...instances.map(({ id, name }): Subject => ({ kind: 'instance', id, name })),
  ];
}

/** The namespace that it has on each of its nodes. */
export function namespaceOf({ kind, id, name }: Subject): string {
  switch (kind) {
    case 'router':
      return qrouterNamespace(id);
    case 'network':
      return qdhcpNamespace(id);
    case 'instance':
      return instanceNamespace(name);
  }
}

/** The nodes that it is on. */
export function placesOf(lab: Lab, { kind, id }: Subject): readonly string[] {
  switch (kind) {
    case 'router':
      return lab.router_l3_agents[id] ?? [];
    case 'network':
      return lab.network_dhcp_agents[id] ?? [];
    case 'instance':
      return lab.instances.filter((instance) => instance.id === id).map(({ node }) => node);
  }
}

/** Where one looks for it first: at a router's MASTER, else at the first of its nodes. */
export function mainPlace(lab: Lab, subject: Subject, status: LabStatus | null): string | undefined {
  const places = placesOf(lab, subject);
  if (subject.kind !== 'router') return places[0];
  return status?.routers.find(({ id }) => id === subject.id)?.active_on[0] ?? places[0];
}
