/** Errors about security groups and port security (neutron/extensions/securitygroup.py, neutron_lib/exceptions/port_security.py). */
import type { ErrorTable } from './table.js';

export const SECURITY_ERRORS = {
  SecurityGroupNotFound: [404, 'Security group {id} does not exist', 'Name a security group of this lab.'],
  SecurityGroupRuleNotFound: [404, 'Security group rule {id} does not exist', 'Name a rule of this lab.'],
  SecurityGroupInUse: [409, 'Security Group {id} in use.', 'Take it off the ports first.'],
  SecurityGroupDefaultAlreadyExists: [
    409,
    'Default security group already exists.',
    'Take another name: the group `default` is there by itself.',
  ],
  SecurityGroupCannotUpdateDefault: [
    409,
    'Updating default security group not allowed.',
    'Change its rules, or make a group of your own.',
  ],
  SecurityGroupRuleExists: [
    409,
    'Security group rule already exists. Rule id is {rule_id}.',
    'Leave it as it is: each rule is needed once.',
  ],
  SecurityGroupRuleInvalidProtocol: [
    400,
    'Security group rule protocol {protocol} not supported. Only protocol values {values} and integer representations [0 to 255] are supported.',
    'Write one of these names or a number from 0 to 255.',
  ],
  SecurityGroupProtocolRequiredWithPorts: [
    400,
    'Must also specify protocol if port range is given.',
    'Add `protocol: tcp`.',
  ],
  SecurityGroupInvalidPortRange: [
    400,
    'For TCP/UDP protocols, port_range_min must be <= port_range_max',
    'Give both, the lower one first.',
  ],
  SecurityGroupInvalidPortValue: [400, 'Invalid value for port {port}', 'Write a number from 1 to 65535.'],
  SecurityGroupInvalidIcmpValue: [
    400,
    'Invalid value for ICMP {field} ({attr}) {value}. It must be 0 to 255.',
    'For ICMP the range is type and code.',
  ],
  SecurityGroupMissingIcmpType: [
    400,
    'ICMP code (port-range-max) {value} is provided but ICMP type (port-range-min) is missing.',
    'Add `port_range_min`.',
  ],
  SecurityGroupInvalidProtocolForPort: [
    400,
    'Ports cannot be specified for protocol {protocol}. Ports are only supported for {valid_port_protocols}.',
    'Leave the ports out, or take a protocol that has ports.',
  ],
  SecurityGroupEthertypeConflictWithProtocol: [
    400,
    'Invalid ethertype {ethertype} for protocol {protocol}.',
    'Write `ethertype: IPv6`.',
  ],
  SecurityGroupRuleInvalidEtherType: [
    400,
    "Security group rule for ethertype '{ethertype}' not supported. Allowed values are ['IPv4', 'IPv6'].",
    'Write `ethertype: IPv4` or `ethertype: IPv6`.',
  ],
  SecurityGroupRuleParameterConflict: [
    400,
    'Conflicting value ethertype {ethertype} for CIDR {cidr}',
    'Let `ethertype` be the IP version of the CIDR.',
  ],
  SecurityGroupMultipleRemoteEntites: [
    400,
    'Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.',
    'Write two rules.',
  ],
  AddressGroupNotFound: [
    404,
    'Address group {address_group_id} could not be found.',
    'A lab has no address groups: write a rule for each of the addresses.',
  ],
  AllowedAddressPairExhausted: [
    400,
    'The number of allowed address pair exceeds the maximum {quota}.',
    'Put addresses together to CIDRs.',
  ],
  AllowedAddressPairsMissingIP: [400, 'AllowedAddressPair must contain ip_address', 'Add `ip_address`.'],
  DuplicateAddressPairInRequest: [
    400,
    'Request contains duplicate address pair: mac_address {mac_address} ip_address {ip_address}.',
    'Write it once.',
  ],
  SecurityGroupConflict: [
    409,
    'Error {reason} while attempting the operation.',
    'Give the port groups that are all stateful, or all stateless.',
  ],
  PortSecurityPortHasSecurityGroup: [
    409,
    'Port has security group associated. Cannot disable port security or IP address until security group is removed.',
    'Take the security groups off the port first.',
  ],
  PortSecurityAndIPRequiredForSecurityGroups: [
    400,
    'Port security must be enabled and port must have an IP address in order to use security groups.',
    'Remove `port_security_enabled: false`, or the security groups.',
  ],
  AddressPairAndPortSecurityRequired: [
    409,
    'Port Security must be enabled in order to have allowed address pairs on a port.',
    'Add `security_groups` or `port_security_enabled: true`.',
  ],
} as const satisfies ErrorTable;
