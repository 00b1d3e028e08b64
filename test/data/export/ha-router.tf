# The lab ha-router, for Terraform or OpenTofu: in a folder of its own, init, plan, apply.
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
resource "openstack_networking_network_v2" "GATEWAY_NET" {
  name     = "GATEWAY_NET"
  external = true
}

resource "openstack_networking_subnet_v2" "GATEWAY_SUBNET" {
  name        = "GATEWAY_SUBNET"
  network_id  = openstack_networking_network_v2.GATEWAY_NET.id
  cidr        = "203.0.113.0/24"
  enable_dhcp = false
}

resource "openstack_networking_network_v2" "blue" {
  name = "blue"
}

resource "openstack_networking_subnet_v2" "blue_v4" {
  name            = "blue-v4"
  network_id      = openstack_networking_network_v2.blue.id
  cidr            = "192.168.10.0/24"
  dns_nameservers = ["203.0.113.1"]
}

resource "openstack_networking_network_v2" "green" {
  name = "green"
}

resource "openstack_networking_subnet_v2" "green_v4" {
  name       = "green-v4"
  network_id = openstack_networking_network_v2.green.id
  cidr       = "192.168.20.0/24"
}

resource "openstack_networking_port_v2" "web1_blue" {
  name                  = "web1-blue"
  network_id            = openstack_networking_network_v2.blue.id
  no_security_groups    = true
  port_security_enabled = false

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.blue_v4.id
    ip_address = "192.168.10.119"
  }
}

resource "openstack_networking_port_v2" "db1_green" {
  name                  = "db1-green"
  network_id            = openstack_networking_network_v2.green.id
  no_security_groups    = true
  port_security_enabled = false

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.green_v4.id
    ip_address = "192.168.20.184"
  }
}

resource "openstack_networking_router_v2" "edge" {
  name                = "edge"
  external_network_id = openstack_networking_network_v2.GATEWAY_NET.id
  value_specs         = { ha = "true" }

  external_fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.GATEWAY_SUBNET.id
    ip_address = "203.0.113.156"
  }
}

resource "openstack_networking_router_interface_v2" "edge_blue_v4" {
  router_id = openstack_networking_router_v2.edge.id
  subnet_id = openstack_networking_subnet_v2.blue_v4.id
}

resource "openstack_networking_router_interface_v2" "edge_green_v4" {
  router_id = openstack_networking_router_v2.edge.id
  subnet_id = openstack_networking_subnet_v2.green_v4.id
}

resource "openstack_networking_router_route_v2" "edge_1" {
  router_id        = openstack_networking_router_v2.edge.id
  destination_cidr = "10.99.0.0/16"
  next_hop         = "192.168.10.50"
  depends_on       = [openstack_networking_router_interface_v2.edge_blue_v4, openstack_networking_router_interface_v2.edge_green_v4]
}

resource "openstack_networking_floatingip_v2" "web1_blue" {
  pool       = openstack_networking_network_v2.GATEWAY_NET.name
  address    = "203.0.113.143"
  port_id    = openstack_networking_port_v2.web1_blue.id
  depends_on = [openstack_networking_router_v2.edge, openstack_networking_router_interface_v2.edge_blue_v4, openstack_networking_router_interface_v2.edge_green_v4]
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

# In the lab it runs on compute2; a cloud's scheduler chooses a host.
resource "openstack_compute_instance_v2" "db1" {
  name        = "db1"
  image_name  = var.image
  flavor_name = var.flavor

  network {
    port = openstack_networking_port_v2.db1_green.id
  }
}

output "floating_ip_web1_blue" {
  value = openstack_networking_floatingip_v2.web1_blue.address
}
