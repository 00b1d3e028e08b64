package NeutronLab::Announce;

# What the state-change monitors before Wallaby do for each new address, besides keepalived: gratuitous ARPs, requests and
# replies, in three rounds. Sources: neutron/agent/l3/keepalived_state_change.py (send_garp), neutron/agent/linux/ip_lib.py
# (send_ip_addr_adv_notif).

use v5.36;
use NeutronLab::Child;
use NeutronLab::Loop;

my ($ROUNDS, $INTERVAL) = (3, 2);    # seconds

# Of an IPv4 address on a device of a namespace; says nothing of any other.
sub address {
    my ($loop, $namespace, $device, $address) = @_;
    return if $address !~ /\A[0-9.]+\z/;
    for my $round (0 .. $ROUNDS - 1) {
        $loop->after($INTERVAL * $round, sub { _arping($loop, $namespace, $_, $device, $address) for '-U', '-A' });
    }
    return;
}

# An address, or a namespace, that went meanwhile is no concern.
sub _arping {
    my ($loop, $namespace, $kind, $device, $address) = @_;
    eval {
        NeutronLab::Child::start(
            $loop, sub { },
            argv      => [ 'arping', $kind, '-I', $device, '-c', '1', '-w', '2', $address ],
            namespace => $namespace,
            timeout   => 5,
        );
    };
    return;
}

1;
