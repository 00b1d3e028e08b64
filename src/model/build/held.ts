/** What the running lab already allocated, looked up by id. */
import type { Lab, Port } from '../resources.js';

export class Held {
  private readonly ports: ReadonlyMap<string, Port>;
  private readonly vnis: ReadonlyMap<string, number>;
  private readonly hosts: ReadonlyMap<string, string>;

  constructor(private readonly lab: Lab | undefined) {
    this.ports = new Map((lab?.ports ?? []).map((port) => [port.id, port]));
    this.vnis = new Map((lab?.networks ?? []).map((network) => [network.id, network['provider:segmentation_id']]));
    this.hosts = new Map((lab?.instances ?? []).map((instance) => [instance.id, instance.node]));
  }

  port(id: string): Port | null {
    return this.ports.get(id) ?? null;
  }

  vni(networkId: string): number | null {
    return this.vnis.get(networkId) ?? null;
  }

  vrid(routerId: string): number | null {
    return own(this.lab?.ha_vr_ids, routerId) ?? null;
  }

  l3Agents(routerId: string): readonly string[] {
    return own(this.lab?.router_l3_agents, routerId) ?? [];
  }

  dhcpAgents(networkId: string): readonly string[] {
    return own(this.lab?.network_dhcp_agents, networkId) ?? [];
  }

  instanceNode(instanceId: string): string | null {
    return this.hosts.get(instanceId) ?? null;
  }
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
