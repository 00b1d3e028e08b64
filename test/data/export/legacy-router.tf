# The lab legacy-router, for Terraform or OpenTofu: in a folder of its own, init, plan, apply.
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

resource "openstack_networking_network_v2" "web" {
  name = "web"
}

resource "openstack_networking_subnet_v2" "web_v4" {
  name            = "web-v4"
  network_id      = openstack_networking_network_v2.web.id
  cidr            = "192.168.10.0/24"
  dns_nameservers = ["203.0.113.1"]
}

resource "openstack_networking_network_v2" "db" {
  name = "db"
}

resource "openstack_networking_subnet_v2" "db_v4" {
  name       = "db-v4"
  network_id = openstack_networking_network_v2.db.id
  cidr       = "192.168.20.0/24"
}

resource "openstack_networking_port_v2" "web1_web" {
  name                  = "web1-web"
  network_id            = openstack_networking_network_v2.web.id
  no_security_groups    = true
  port_security_enabled = false

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.web_v4.id
    ip_address = "192.168.10.11"
  }
}

resource "openstack_networking_port_v2" "db1_db" {
  name                  = "db1-db"
  network_id            = openstack_networking_network_v2.db.id
  no_security_groups    = true
  port_security_enabled = false

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.db_v4.id
    ip_address = "192.168.20.146"
  }
}

resource "openstack_networking_router_v2" "edge" {
  name                = "edge"
  external_network_id = openstack_networking_network_v2.public.id
  value_specs         = { ha = "false" }

  external_fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.public_v4.id
    ip_address = "203.0.113.73"
  }
}

resource "openstack_networking_router_interface_v2" "edge_web_v4" {
  router_id = openstack_networking_router_v2.edge.id
  subnet_id = openstack_networking_subnet_v2.web_v4.id
}

resource "openstack_networking_router_interface_v2" "edge_db_v4" {
  router_id = openstack_networking_router_v2.edge.id
  subnet_id = openstack_networking_subnet_v2.db_v4.id
}

resource "openstack_networking_floatingip_v2" "web1_web" {
  pool       = openstack_networking_network_v2.public.name
  address    = "203.0.113.80"
  port_id    = openstack_networking_port_v2.web1_web.id
  depends_on = [openstack_networking_router_v2.edge, openstack_networking_router_interface_v2.edge_web_v4, openstack_networking_router_interface_v2.edge_db_v4]
}

# In the lab it runs on compute1; a cloud's scheduler chooses a host.
resource "openstack_compute_instance_v2" "web1" {
  name        = "web1"
  image_name  = var.image
  flavor_name = var.flavor

  network {
    port = openstack_networking_port_v2.web1_web.id
  }
}

# In the lab it runs on compute2; a cloud's scheduler chooses a host.
resource "openstack_compute_instance_v2" "db1" {
  name        = "db1"
  image_name  = var.image
  flavor_name = var.flavor

  network {
    port = openstack_networking_port_v2.db1_db.id
  }
}

output "floating_ip_web1_web" {
  value = openstack_networking_floatingip_v2.web1_web.address
}
