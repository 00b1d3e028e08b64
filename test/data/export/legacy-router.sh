#!/usr/bin/env bash
# The lab legacy-router, for the openstack client; run it once, in a project where these names are free:
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
openstack network create web
openstack subnet create --network web --subnet-range 192.168.10.0/24 --dns-nameserver 203.0.113.1 \
  web-v4
openstack network create db
openstack subnet create --network db --subnet-range 192.168.20.0/24 db-v4

# Ports
openstack port create --network web --fixed-ip subnet=web-v4,ip-address=192.168.10.11 \
  --no-security-group --disable-port-security web1-web
openstack port create --network db --fixed-ip subnet=db-v4,ip-address=192.168.20.146 \
  --no-security-group --disable-port-security db1-db

# Routers
openstack router create --no-ha edge
openstack router set --external-gateway public --fixed-ip subnet=public-v4,ip-address=203.0.113.73 \
  edge
openstack router add subnet edge web-v4
openstack router add subnet edge db-v4

# Floating IPs
openstack floating ip create --floating-ip-address 203.0.113.80 --port web1-web public

# Instances
# In the lab it runs on compute1; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --port web1-web web1
# In the lab it runs on compute2; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --port db1-db db1
