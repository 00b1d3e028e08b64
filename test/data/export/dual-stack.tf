# The lab dual-stack, for Terraform or OpenTofu: in a folder of its own, init, plan, apply.
#
# - For an administrator: external networks, VNIs, `ha`, and the addresses outside are not for a member of a project (then: `--as member`).
# - VRIDs, HA networks, DHCP ports and which agents serve what are the choice of the cloud.
# - Ports without security groups filter nothing in a lab: here their port security is off, which is rarely wanted.
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

# In a data centre it is a flat or VLAN network: give its `provider` attributes and the addresses that you own.
resource "openstack_networking_network_v2" "public" {
  name     = "public"
  external = true
}

resource "openstack_networking_subnet_v2" "public_v4" {
  name        = "public-v4"
  network_id  = openstack_networking_network_v2.public.id
  cidr        = "203.0.113.0/24"
  enable_dhcp = false
}

resource "openstack_networking_subnet_v2" "public_v6" {
  name        = "public-v6"
  network_id  = openstack_networking_network_v2.public.id
  ip_version  = 6
  cidr        = "2001:db8:113::/64"
  gateway_ip  = "2001:db8:113::1"
  enable_dhcp = false
}

resource "openstack_networking_network_v2" "blue" {
  name = "blue"
}

resource "openstack_networking_subnet_v2" "blue_v4" {
  name       = "blue-v4"
  network_id = openstack_networking_network_v2.blue.id
  cidr       = "192.168.10.0/24"
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

# Its IPv6 address follows from its MAC.
resource "openstack_networking_port_v2" "web1_blue" {
  name                  = "web1-blue"
  network_id            = openstack_networking_network_v2.blue.id
  mac_address           = "fa:16:3e:3a:90:45"
  no_security_groups    = true
  port_security_enabled = false
  depends_on            = [openstack_networking_subnet_v2.blue_v6]

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.blue_v4.id
    ip_address = "192.168.10.125"
  }
}

# Its IPv6 address follows from its MAC.
resource "openstack_networking_port_v2" "web2_blue" {
  name                  = "web2-blue"
  network_id            = openstack_networking_network_v2.blue.id
  mac_address           = "fa:16:3e:2d:0c:06"
  no_security_groups    = true
  port_security_enabled = false
  depends_on            = [openstack_networking_subnet_v2.blue_v6]

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.blue_v4.id
    ip_address = "192.168.10.211"
  }
}

resource "openstack_networking_router_v2" "edge" {
  name                = "edge"
  external_network_id = openstack_networking_network_v2.public.id
  value_specs         = { ha = "true" }

  external_fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.public_v4.id
    ip_address = "203.0.113.59"
  }

  external_fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.public_v6.id
    ip_address = "2001:db8:113::254"
  }
}

resource "openstack_networking_router_interface_v2" "edge_blue_v4" {
  router_id = openstack_networking_router_v2.edge.id
  subnet_id = openstack_networking_subnet_v2.blue_v4.id
}

resource "openstack_networking_router_interface_v2" "edge_blue_v6" {
  router_id = openstack_networking_router_v2.edge.id
  subnet_id = openstack_networking_subnet_v2.blue_v6.id
}

# In the lab it runs on compute1; a cloud's scheduler chooses a host.
resource "openstack_compute_instance_v2" "web1" {
  name        = "web1"
  image_name  = var.image
  flavor_name = var.flavor

  network {
    port = openstack_networking_port_v2.web1_blue.id
  }
}

# In the lab it runs on compute1; a cloud's scheduler chooses a host.
resource "openstack_compute_instance_v2" "web2" {
  name        = "web2"
  image_name  = var.image
  flavor_name = var.flavor

  network {
    port = openstack_networking_port_v2.web2_blue.id
  }
}
