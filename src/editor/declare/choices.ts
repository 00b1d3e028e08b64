/** Resources of a lab file as what can be chosen. Pure. */
import * as l10n from '@vscode/l10n';
import type { DeclaredKind } from '../../model/lab-file/edit/edits.js';
import type { OpenLabFile } from '../../model/lab-file/edit/open.js';
import { labelOf, tryFind } from '../../model/lab-file/edit/targets.js';
import { OUTSIDE } from '../../model/names.js';
import type { Lab, Network, Node, Subnet } from '../../model/resources.js';
import type { Choice } from './step.js';

export function subnetChoices(file: OpenLabFile, labels: readonly string[]): Choice[] {
  return labels.map((label) => ({ value: label, label, ...described(subnetNamed(file, label)?.cidr) }));
}

export function networkChoices(file: OpenLabFile, labels: readonly string[]): Choice[] {
  return labels.map((label) => {
    const network = networkNamed(file, label);
    const ranges = subnetsOf(file, network?.id).map(({ cidr }) => cidr);
    const words = [...ranges, ...(network?.['router:external'] === true ? [l10n.t('external')] : [])];
    return { value: label, label, ...described(words.join(' · ')) };
  });
}

/** Compute nodes first; each with the number of its instances. */
export function nodeChoices(file: OpenLabFile): Choice[] {
  const instances = file.analysis.built?.instances ?? [];
  const nodes = hostsOf(file);
  const computes = nodes.filter(({ agents }) => agents.length === 0);
  return [...computes, ...nodes.filter(({ agents }) => agents.length > 0)].map(({ name, agents }) => {
    const count = instances.filter(({ node }) => node === name).length;
    const carried = count === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', count);
    const words = agents.length === 0 ? carried : `${carried} · ${agents.join(', ')}`;
    return { value: name, label: name, description: words };
  });
}

/** The nodes without the one that stands for the world behind the external networks. */
export function hostsOf(file: OpenLabFile): readonly Node[] {
  return (file.analysis.built?.nodes ?? []).filter(({ name }) => name !== OUTSIDE);
}

/** The networks that the file declares, by the words that it has for them. */
export function declaredNetworks(file: OpenLabFile): string[] {
  return declared(file, 'network', file.analysis.built?.networks);
}

export function declaredGroups(file: OpenLabFile): string[] {
  return declared(file, 'security_group', file.analysis.built?.security_groups);
}

export function declaredRouters(file: OpenLabFile): string[] {
  return declared(file, 'router', file.analysis.built?.routers);
}

export function declaredInstances(file: OpenLabFile): string[] {
  return declared(file, 'instance', file.analysis.built?.instances);
}

function declared(file: OpenLabFile, kind: DeclaredKind, list: readonly { readonly id: string }[] = []): string[] {
  return list.flatMap(({ id }) => labelOf(file, kind, id) ?? []);
}

export function plainChoices(labels: readonly string[]): Choice[] {
  return labels.map((label) => ({ value: label, label }));
}

/** What the file calls a resource that is given by name or id. */
export function nameOf(file: OpenLabFile, kind: DeclaredKind, ref: string): string {
  return tryFind(file, kind, ref)?.name ?? ref;
}

export function networkNamed(file: OpenLabFile, ref: string): Network | undefined {
  return named(file, 'network', ref, (lab) => lab.networks);
}

export function subnetNamed(file: OpenLabFile, ref: string): Subnet | undefined {
  return named(file, 'subnet', ref, (lab) => lab.subnets);
}

export function named<T extends { readonly id: string }>(
  file: OpenLabFile,
  kind: DeclaredKind,
  ref: string,
  list: (lab: Lab) => readonly T[],
): T | undefined {
  const { built } = file.analysis;
  const id = tryFind(file, kind, ref)?.id;
  return built === null ? undefined : list(built).find((resource) => resource.id === id);
}

export function subnetsOf(file: OpenLabFile, networkId: string | undefined): readonly Subnet[] {
  return (file.analysis.built?.subnets ?? []).filter((subnet) => subnet.network_id === networkId);
}

function described(text: string | undefined): { description: string } | object {
  return text === undefined || text === '' ? {} : { description: text };
}
