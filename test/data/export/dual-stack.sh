#!/usr/bin/env bash
# The lab dual-stack, for the openstack client; run it once, in a project where these names are free:
# . openrc && IMAGE=cirros FLAVOR=m1.tiny bash SCRIPT
#
# - For an administrator: external networks, VNIs, `ha`, and the addresses outside are not for a member of a project (then: `--as member`).
# - VRIDs, HA networks, DHCP ports and which agents serve what are the choice of the cloud.
# - Ports without security groups filter nothing in a lab: here their port security is off, which is rarely wanted.
set -euo pipefail
: "${IMAGE:?the image of the instances, a name or id}" "${FLAVOR:?their flavor, a name or id}"

# Networks and subnets
# In a data centre it is a flat or VLAN network: give its `provider` attributes and the addresses that you own.
openstack network create --external public
openstack subnet create --network public --subnet-range 203.0.113.0/24 --no-dhcp public-v4
openstack subnet create --network public --ip-version 6 --subnet-range 2001:db8:113::/64 \
  --gateway 2001:db8:113::1 --no-dhcp public-v6
openstack network create blue
openstack subnet create --network blue --subnet-range 192.168.10.0/24 blue-v4
openstack subnet create --network blue --ip-version 6 --subnet-range fd00:b::/64 \
  --gateway fd00:b:: --ipv6-ra-mode slaac --ipv6-address-mode slaac blue-v6

# Ports
# Its IPv6 address follows from its MAC.
openstack port create --network blue --fixed-ip subnet=blue-v4,ip-address=192.168.10.125 \
  --mac-address fa:16:3e:3a:90:45 --no-security-group --disable-port-security web1-blue
# Its IPv6 address follows from its MAC.
openstack port create --network blue --fixed-ip subnet=blue-v4,ip-address=192.168.10.211 \
  --mac-address fa:16:3e:2d:0c:06 --no-security-group --disable-port-security web2-blue

# Routers
openstack router create --ha edge
openstack router set --external-gateway public --fixed-ip subnet=public-v4,ip-address=203.0.113.59 \
  --fixed-ip subnet=public-v6,ip-address=2001:db8:113::254 edge
openstack router add subnet edge blue-v4
openstack router add subnet edge blue-v6

# Instances
# In the lab it runs on compute1; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --port web1-blue web1
# In the lab it runs on compute1; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --port web2-blue web2
