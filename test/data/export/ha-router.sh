#!/usr/bin/env bash
# The lab ha-router, for the openstack client; run it once, in a project where these names are free:
# . openrc && IMAGE=cirros FLAVOR=m1.tiny bash SCRIPT
#
# - For an administrator: external networks, VNIs, `ha`, and the addresses outside are not for a member of a project (then: `--as member`).
# - VRIDs, HA networks, DHCP ports and which agents serve what are the choice of the cloud.
# - Ports without security groups filter nothing in a lab: here their port security is off, which is rarely wanted.
set -euo pipefail
: "${IMAGE:?the image of the instances, a name or id}" "${FLAVOR:?their flavor, a name or id}"

# Networks and subnets
# In a data centre it is a flat or VLAN network: give its `provider` attributes and the addresses that you own.
openstack network create --external GATEWAY_NET
openstack subnet create --network GATEWAY_NET --subnet-range 203.0.113.0/24 --no-dhcp GATEWAY_SUBNET
openstack network create blue
openstack subnet create --network blue --subnet-range 192.168.10.0/24 --dns-nameserver 203.0.113.1 \
  blue-v4
openstack network create green
openstack subnet create --network green --subnet-range 192.168.20.0/24 green-v4

# Ports
openstack port create --network blue --fixed-ip subnet=blue-v4,ip-address=192.168.10.119 \
  --no-security-group --disable-port-security web1-blue
openstack port create --network green --fixed-ip subnet=green-v4,ip-address=192.168.20.184 \
  --no-security-group --disable-port-security db1-green

# Routers
openstack router create --ha edge
openstack router set --external-gateway GATEWAY_NET \
  --fixed-ip subnet=GATEWAY_SUBNET,ip-address=203.0.113.156 edge
openstack router add subnet edge blue-v4
openstack router add subnet edge green-v4
openstack router set --route destination=10.99.0.0/16,gateway=192.168.10.50 edge

# Floating IPs
openstack floating ip create --floating-ip-address 203.0.113.143 --port web1-blue GATEWAY_NET

# Instances
# In the lab it runs on compute1; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --port web1-blue web1
# In the lab it runs on compute2; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --port db1-green db1
