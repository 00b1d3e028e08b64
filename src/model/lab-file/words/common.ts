/** Attributes that many resources have. */
import type { AttributeWords } from '../documented.js';

export const ID: AttributeWords = {
  meaning:
    'The UUID, in lower case. Devices, namespaces, MAC addresses and VNIs follow from it, so an id of a real cloud gives the names of that cloud.',
  default: 'one that follows from the names of the lab and the resource, the same in each run',
};

export const NAME: AttributeWords = {
  meaning: 'The name, where the key of the entry cannot be it: two resources may share a name, or have none.',
  default: 'the key of the entry',
};

export const PROJECT: AttributeWords = {
  meaning: 'The id of the project (tenant) that it belongs to. HA routers of one project share an HA network.',
  default: 'that of the lab',
};

export const ADMIN_STATE: AttributeWords = {
  meaning: 'Administrative state: `false` switches it off without deleting it.',
  default: '`true`',
};

/** A port that Neutron makes by itself, written out so that it is the one of a real cloud. */
export const MADE_PORT = {
  id: { ...ID, meaning: 'The UUID of the port. Its devices are named after the first 11 characters.' },
  mac_address: {
    meaning: 'The MAC address of the port.',
    default: 'one of `fa:16:3e:…` that follows from the id',
  },
  created_at: {
    meaning: 'When the port was made. Agents learn of ports in this order, and some of their files have it.',
    default: 'after those that say it, in the order of the file',
  },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const FIXED_IP = {
  subnet: { meaning: 'The subnet that the address is of.', api: '`subnet_id`' },
  subnet_id: { meaning: "Neutron's own word for `subnet`." },
  ip_address: { meaning: 'The address.', default: 'the next free one of the subnet' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const ROUTE = {
  destination: { meaning: 'Where the route leads: a CIDR.' },
  nexthop: { meaning: 'The router on the way there, an address that is reached directly.' },
} as const satisfies Readonly<Record<string, AttributeWords>>;

export const VNI: AttributeWords = {
  meaning:
    'The VXLAN Network Identifier (VNI), 1 to 16777215: it tells the frames of one network from those of others.',
  default: 'one that follows from the id of the network',
};

export const MTU: AttributeWords = {
  meaning: 'The largest packet, in bytes. VXLAN takes 50 of what the underlay carries; IPv6 needs at least 1280.',
  default: '`global_physnet_mtu` less 50: 1450',
};

export const SECURITY_GROUPS: AttributeWords = {
  meaning:
    'Security groups of the port: only what their rules allow passes. Without this attribute the port filters nothing (port security off), so that a lab about routers does not fail for a rule that nobody wrote.',
  default: 'no filter',
};
