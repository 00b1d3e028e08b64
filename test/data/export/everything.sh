#!/usr/bin/env bash
# The lab everything, for the openstack client; run it once, in a project where these names are free:
# . openrc && IMAGE=cirros FLAVOR=m1.tiny bash SCRIPT
#
# - For an administrator: external networks, VNIs, `ha`, and the addresses outside are not for a member of a project (then: `--as member`).
# - VRIDs, HA networks, DHCP ports and which agents serve what are the choice of the cloud.
# - Ports without security groups filter nothing in a lab: here their port security is off, which is rarely wanted.
# - Not the default in the lab, and a matter of neutron.conf and its agents: ha_vrrp_advert_int = 5, ha_vrrp_auth_password.
set -euo pipefail
: "${IMAGE:?the image of the instances, a name or id}" "${FLAVOR:?their flavor, a name or id}"

# The group `default` of the project
project=$(openstack token issue -f value -c project_id)
default_group=$(openstack security group list --project "$project" -f value -c ID -c Name | awk '$2 == "default" { print $1 }')

# Security groups
openstack security group create web
openstack security group create db
openstack security group create --stateless silent
openstack security group rule create --ingress --ethertype IPv4 --protocol tcp --dst-port 80:443 web
openstack security group rule create --ingress --ethertype IPv4 --protocol icmp --icmp-type 8 web
openstack security group rule create --ingress --ethertype IPv6 --protocol ipv6-icmp \
  --remote-ip fd00::/8 web
openstack security group rule create --ingress --ethertype IPv4 --protocol any --remote-group db web
# Neutron gives it rules of its own; in the lab it has none but these:
openstack security group rule list -f value -c ID db | xargs -r -n 1 openstack security group rule delete
openstack security group rule create --ingress --ethertype IPv4 --protocol tcp \
  --dst-port 5432:5432 --remote-group web db
openstack security group rule create --egress --ethertype IPv4 --protocol udp --dst-port 53:53 \
  --remote-ip 9.9.9.9/32 db
# Neutron gives it rules of its own; in the lab it has none but these:
openstack security group rule list -f value -c ID silent | xargs -r -n 1 openstack security group rule delete

# Networks and subnets
# In a data centre it is a flat or VLAN network: give its `provider` attributes and the addresses that you own.
openstack network create --external --provider-network-type vxlan --provider-segment 77 public
openstack subnet create --network public --subnet-range 203.0.113.0/24 --gateway 203.0.113.254 \
  --no-dhcp --allocation-pool start=203.0.113.100,end=203.0.113.199 public-v4
openstack network create --mtu 1400 --provider-network-type vxlan --provider-segment 4711 blue
subnet_v4=$(openstack subnet create -f value -c id --network blue --subnet-range 192.168.10.0/24 \
  --allocation-pool start=192.168.10.10,end=192.168.10.99 \
  --allocation-pool start=192.168.10.120,end=192.168.10.250 --dns-nameserver 9.9.9.9 \
  --dns-nameserver 1.1.1.1 --host-route destination=10.99.0.0/16,gateway=192.168.10.50 v4)
openstack subnet create --network blue --ip-version 6 --subnet-range fd00:b::/64 \
  --gateway fd00:b:: --ipv6-ra-mode slaac --ipv6-address-mode slaac blue-v6
openstack network create --disable-port-security green
subnet_v4_2=$(openstack subnet create -f value -c id --network green \
  --subnet-range 192.168.20.0/24 --gateway none v4)
openstack subnet create --network green --ip-version 6 --subnet-range fd00:c::/64 \
  --gateway fd00:c:: --ipv6-ra-mode dhcpv6-stateful --ipv6-address-mode dhcpv6-stateful green-v6
openstack network create --disable 'it'\''s; touch red & "quoted" %{x} $HOME'
subnet_v_red_ip_address_10_0_0_1=$(openstack subnet create -f value -c id \
  --network 'it'\''s; touch red & "quoted" %{x} $HOME' --subnet-range 10.0.0.0/24 \
  -- '-v red, ip-address=10.0.0.1')

# Ports
# Its IPv6 address follows from its MAC.
# The client cannot say 150=192.168.10.5,192.168.10.6: it parts values at commas.
openstack port create --network blue --fixed-ip subnet="$subnet_v4",ip-address=192.168.10.21 \
  --fixed-ip subnet="$subnet_v4",ip-address=192.168.10.22 --mac-address fa:16:3e:00:00:17 \
  --security-group web --allowed-address ip-address=192.168.10.200 \
  --allowed-address ip-address=10.9.0.0/24,mac-address=fa:16:3e:00:00:99 \
  --extra-dhcp-option name=tftp-server,value=192.168.10.5,ip-version=4 web1-port
openstack port create --network green --fixed-ip subnet="$subnet_v4_2",ip-address=192.168.20.146 \
  --fixed-ip subnet=green-v6,ip-address=fd00:c::92 --no-security-group web1-green
# Its IPv6 address follows from its MAC.
openstack port create --network blue --fixed-ip subnet="$subnet_v4",ip-address=192.168.10.76 \
  --mac-address fa:16:3e:fe:f5:66 --security-group db --security-group "$default_group" db1-blue
# Its IPv6 address follows from its MAC.
openstack port create --network blue --fixed-ip subnet="$subnet_v4",ip-address=192.168.10.200 \
  --mac-address fa:16:3e:12:18:9f --disable --no-security-group --disable-port-security vip
openstack port create --network blue --fixed-ip subnet="$subnet_v4",ip-address=192.168.10.51 \
  --no-security-group --disable-port-security inner-blue
openstack port create --network green --fixed-ip subnet="$subnet_v4_2",ip-address=192.168.20.7 \
  --no-security-group inner-green

# Routers
openstack router create --ha edge
openstack router set --external-gateway public \
  --fixed-ip subnet=public-v4,ip-address=203.0.113.150 edge
openstack router add subnet edge "$subnet_v4"
openstack router add subnet edge blue-v6
openstack router set --route destination=172.16.0.0/12,gateway=192.168.10.50 \
  --route destination=10.98.0.0/16,gateway=192.168.10.51 edge
openstack router create --no-ha inner
openstack router set --external-gateway public \
  --fixed-ip subnet=public-v4,ip-address=203.0.113.117 --disable-snat inner
openstack router add port inner inner-blue
openstack router add port inner inner-green
openstack router create --no-ha --disable off

# Floating IPs
openstack floating ip create --floating-ip-address 203.0.113.160 --port web1-port \
  --fixed-ip-address 192.168.10.22 public
openstack floating ip create --floating-ip-address 203.0.113.161 public

# Instances
# In the lab it runs on compute1; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --port web1-port --port web1-green web1
# In the lab it runs on compute1; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --port db1-blue db1
# In the lab it runs on compute1; a cloud's scheduler chooses a host.
openstack server create --image "$IMAGE" --flavor "$FLAVOR" --no-network alone
