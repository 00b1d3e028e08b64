# The lab everything, for Terraform or OpenTofu: in a folder of its own, init, plan, apply.
#
# - For a member of a project: what only an administrator may declare is left to the cloud.
# - VRIDs, HA networks, DHCP ports and which agents serve what are the choice of the cloud.
# - Ports without security groups filter nothing in a lab: here their port security is off, which is rarely wanted.
# - Not the default in the lab, and a matter of neutron.conf and its agents: ha_vrrp_advert_int = 5, ha_vrrp_auth_password.
terraform {
  required_providers {
    openstack = {
      source  = "terraform-provider-openstack/openstack"
      version = ">= 3.0.0"
    }
  }
}

variable "image" {
  type        = string
  description = "The name of the image of the instances."
}

variable "flavor" {
  type        = string
  description = "The name of the flavor of the instances."
}

resource "openstack_networking_secgroup_v2" "web" {
  name = "web"
}

resource "openstack_networking_secgroup_rule_v2" "web_ingress_tcp" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 80
  port_range_max    = 443
}

resource "openstack_networking_secgroup_rule_v2" "web_ingress_icmp" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "icmp"
  port_range_min    = 8
}

resource "openstack_networking_secgroup_rule_v2" "web_ingress_ipv6_icmp" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  direction         = "ingress"
  ethertype         = "IPv6"
  protocol          = "ipv6-icmp"
  remote_ip_prefix  = "fd00::/8"
}

resource "openstack_networking_secgroup_rule_v2" "web_ingress_IPv4" {
  security_group_id = openstack_networking_secgroup_v2.web.id
  direction         = "ingress"
  ethertype         = "IPv4"
  remote_group_id   = openstack_networking_secgroup_v2.db.id
}

resource "openstack_networking_secgroup_v2" "db" {
  name                 = "db"
  delete_default_rules = true
}

resource "openstack_networking_secgroup_rule_v2" "db_ingress_tcp" {
  security_group_id = openstack_networking_secgroup_v2.db.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 5432
  port_range_max    = 5432
  remote_group_id   = openstack_networking_secgroup_v2.web.id
}

resource "openstack_networking_secgroup_rule_v2" "db_egress_udp" {
  security_group_id = openstack_networking_secgroup_v2.db.id
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "udp"
  port_range_min    = 53
  port_range_max    = 53
  remote_ip_prefix  = "9.9.9.9/32"
}

resource "openstack_networking_secgroup_v2" "silent" {
  name                 = "silent"
  stateful             = false
  delete_default_rules = true
}

data "openstack_identity_auth_scope_v3" "current" {
  name = "current"
}

# Every project has a group `default`: it is taken as it is, with the rules of the lab.
data "openstack_networking_secgroup_v2" "default" {
  name      = "default"
  tenant_id = data.openstack_identity_auth_scope_v3.current.project_id
}

# An external network is the business of an administrator: it is there already, under this name.
data "openstack_networking_network_v2" "public" {
  name     = "public"
  external = true
}

# Its VNI in the lab is 4711; only an administrator chooses one.
resource "openstack_networking_network_v2" "blue" {
  name = "blue"
  mtu  = 1400
}

resource "openstack_networking_subnet_v2" "v4" {
  name            = "v4"
  network_id      = openstack_networking_network_v2.blue.id
  cidr            = "192.168.10.0/24"
  dns_nameservers = ["9.9.9.9", "1.1.1.1"]

  allocation_pool {
    start = "192.168.10.10"
    end   = "192.168.10.99"
  }

  allocation_pool {
    start = "192.168.10.120"
    end   = "192.168.10.250"
  }
}

resource "openstack_networking_subnet_route_v2" "v4_1" {
  subnet_id        = openstack_networking_subnet_v2.v4.id
  destination_cidr = "10.99.0.0/16"
  next_hop         = "192.168.10.50"
}

resource "openstack_networking_subnet_v2" "blue_v6" {
  name              = "blue-v6"
  network_id        = openstack_networking_network_v2.blue.id
  ip_version        = 6
  cidr              = "fd00:b::/64"
  gateway_ip        = "fd00:b::"
  ipv6_ra_mode      = "slaac"
  ipv6_address_mode = "slaac"
}

resource "openstack_networking_network_v2" "green" {
  name                  = "green"
  port_security_enabled = false
}

resource "openstack_networking_subnet_v2" "v4_2" {
  name       = "v4"
  network_id = openstack_networking_network_v2.green.id
  cidr       = "192.168.20.0/24"
  no_gateway = true
}

resource "openstack_networking_subnet_v2" "green_v6" {
  name              = "green-v6"
  network_id        = openstack_networking_network_v2.green.id
  ip_version        = 6
  cidr              = "fd00:c::/64"
  gateway_ip        = "fd00:c::"
  ipv6_ra_mode      = "dhcpv6-stateful"
  ipv6_address_mode = "dhcpv6-stateful"
}

resource "openstack_networking_network_v2" "it_s_touch_red_quoted_x_HOME" {
  name           = "it's; touch red & \"quoted\" %%{x} $HOME"
  admin_state_up = false
}

resource "openstack_networking_subnet_v2" "v_red_ip_address_10_0_0_1" {
  name       = "-v red, ip-address=10.0.0.1"
  network_id = openstack_networking_network_v2.it_s_touch_red_quoted_x_HOME.id
  cidr       = "10.0.0.0/24"
}

# Its IPv6 address follows from its MAC.
resource "openstack_networking_port_v2" "web1_port" {
  name               = "web1-port"
  network_id         = openstack_networking_network_v2.blue.id
  mac_address        = "fa:16:3e:00:00:17"
  security_group_ids = [openstack_networking_secgroup_v2.web.id]
  depends_on         = [openstack_networking_subnet_v2.blue_v6]

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.v4.id
    ip_address = "192.168.10.21"
  }

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.v4.id
    ip_address = "192.168.10.22"
  }

  allowed_address_pairs {
    ip_address = "192.168.10.200"
  }

  allowed_address_pairs {
    ip_address  = "10.9.0.0/24"
    mac_address = "fa:16:3e:00:00:99"
  }

  extra_dhcp_option {
    name       = "tftp-server"
    value      = "192.168.10.5"
    ip_version = 4
  }

  extra_dhcp_option {
    name       = "150"
    value      = "192.168.10.5,192.168.10.6"
    ip_version = 4
  }
}

resource "openstack_networking_port_v2" "web1_green" {
  name               = "web1-green"
  network_id         = openstack_networking_network_v2.green.id
  no_security_groups = true

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.v4_2.id
    ip_address = "192.168.20.146"
  }

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.green_v6.id
    ip_address = "fd00:c::92"
  }
}

# Its IPv6 address follows from its MAC.
resource "openstack_networking_port_v2" "db1_blue" {
  name               = "db1-blue"
  network_id         = openstack_networking_network_v2.blue.id
  mac_address        = "fa:16:3e:fe:f5:66"
  security_group_ids = [openstack_networking_secgroup_v2.db.id, data.openstack_networking_secgroup_v2.default.id]
  depends_on         = [openstack_networking_subnet_v2.blue_v6]

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.v4.id
    ip_address = "192.168.10.76"
  }
}

# Its IPv6 address follows from its MAC.
resource "openstack_networking_port_v2" "vip" {
  name                  = "vip"
  network_id            = openstack_networking_network_v2.blue.id
  mac_address           = "fa:16:3e:12:18:9f"
  admin_state_up        = false
  no_security_groups    = true
  port_security_enabled = false
  depends_on            = [openstack_networking_subnet_v2.blue_v6]

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.v4.id
    ip_address = "192.168.10.200"
  }
}

resource "openstack_networking_port_v2" "inner_blue" {
  name                  = "inner-blue"
  network_id            = openstack_networking_network_v2.blue.id
  no_security_groups    = true
  port_security_enabled = false
  depends_on            = [openstack_networking_subnet_v2.blue_v6]

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.v4.id
    ip_address = "192.168.10.51"
  }
}

resource "openstack_networking_port_v2" "inner_green" {
  name               = "inner-green"
  network_id         = openstack_networking_network_v2.green.id
  no_security_groups = true

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.v4_2.id
    ip_address = "192.168.20.7"
  }
}

# In the lab it is an HA router; in a project, `l3_ha` in the cloud's neutron.conf says whether it is one.
# Its gateway has 203.0.113.150 in the lab; only an administrator chooses it.
resource "openstack_networking_router_v2" "edge" {
  name                = "edge"
  external_network_id = data.openstack_networking_network_v2.public.id
}

resource "openstack_networking_router_interface_v2" "edge_v4" {
  router_id = openstack_networking_router_v2.edge.id
  subnet_id = openstack_networking_subnet_v2.v4.id
}

resource "openstack_networking_router_interface_v2" "edge_blue_v6" {
  router_id = openstack_networking_router_v2.edge.id
  subnet_id = openstack_networking_subnet_v2.blue_v6.id
}

resource "openstack_networking_router_route_v2" "edge_1" {
  router_id        = openstack_networking_router_v2.edge.id
  destination_cidr = "172.16.0.0/12"
  next_hop         = "192.168.10.50"
  depends_on       = [openstack_networking_router_interface_v2.edge_v4, openstack_networking_router_interface_v2.edge_blue_v6]
}

resource "openstack_networking_router_route_v2" "edge_2" {
  router_id        = openstack_networking_router_v2.edge.id
  destination_cidr = "10.98.0.0/16"
  next_hop         = "192.168.10.51"
  depends_on       = [openstack_networking_router_interface_v2.edge_v4, openstack_networking_router_interface_v2.edge_blue_v6]
}

# In the lab it is not an HA router; in a project, `l3_ha` in the cloud's neutron.conf says whether it is one.
# `enable_snat: false` is not for a member of a project: it does SNAT here.
# Its gateway has 203.0.113.117 in the lab; only an administrator chooses it.
resource "openstack_networking_router_v2" "inner" {
  name                = "inner"
  external_network_id = data.openstack_networking_network_v2.public.id
}

resource "openstack_networking_router_interface_v2" "inner_inner_blue" {
  router_id = openstack_networking_router_v2.inner.id
  port_id   = openstack_networking_port_v2.inner_blue.id
}

resource "openstack_networking_router_interface_v2" "inner_inner_green" {
  router_id = openstack_networking_router_v2.inner.id
  port_id   = openstack_networking_port_v2.inner_green.id
}

# In the lab it is not an HA router; in a project, `l3_ha` in the cloud's neutron.conf says whether it is one.
resource "openstack_networking_router_v2" "off" {
  name           = "off"
  admin_state_up = false
}

# In the lab it is 203.0.113.160; only an administrator chooses the address.
resource "openstack_networking_floatingip_v2" "web1_port" {
  pool       = data.openstack_networking_network_v2.public.name
  port_id    = openstack_networking_port_v2.web1_port.id
  fixed_ip   = "192.168.10.22"
  depends_on = [openstack_networking_router_v2.edge, openstack_networking_router_interface_v2.edge_v4, openstack_networking_router_interface_v2.edge_blue_v6]
}

# In the lab it is 203.0.113.161; only an administrator chooses the address.
resource "openstack_networking_floatingip_v2" "floating_ip" {
  pool = data.openstack_networking_network_v2.public.name
}

# In the lab it runs on compute1; a cloud's scheduler chooses a host.
resource "openstack_compute_instance_v2" "web1" {
  name        = "web1"
  image_name  = var.image
  flavor_name = var.flavor

  network {
    port = openstack_networking_port_v2.web1_port.id
  }

  network {
    port = openstack_networking_port_v2.web1_green.id
  }
}

# In the lab it runs on compute1; a cloud's scheduler chooses a host.
resource "openstack_compute_instance_v2" "db1" {
  name        = "db1"
  image_name  = var.image
  flavor_name = var.flavor

  network {
    port = openstack_networking_port_v2.db1_blue.id
  }
}

# In the lab it runs on compute1; a cloud's scheduler chooses a host.
resource "openstack_compute_instance_v2" "alone" {
  name         = "alone"
  image_name   = var.image
  flavor_name  = var.flavor
  network_mode = "none"
}

output "floating_ip_web1_port" {
  value = openstack_networking_floatingip_v2.web1_port.address
}

output "floating_ip_floating_ip" {
  value = openstack_networking_floatingip_v2.floating_ip.address
}
