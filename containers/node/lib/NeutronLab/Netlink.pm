package NeutronLab::Netlink;

# The little of netlink(7) that is needed: events and dumps of links and addresses, and whether nftables has tables.

use strict;
use warnings;
use NeutronLab::Namespace;

use constant {
    RTM_NEWLINK => 16, RTM_DELLINK => 17, RTM_GETLINK => 18,
    RTM_NEWADDR => 20, RTM_DELADDR => 21, RTM_GETADDR => 22,
    GROUP_LINK => 0x1, GROUP_IPV4 => 0x10, GROUP_IPV6 => 0x100,
};

use constant { AF_NETLINK => 16, SOCK_RAW_CLOEXEC_NONBLOCK => 3 | 0x80000 | 0x800, SOL_SOCKET => 1, SO_RCVBUF => 8,
    SO_RCVBUFFORCE => 33 };
use constant { NLMSG_ERROR => 2, NLMSG_DONE => 3, NLM_F_REQUEST => 1, NLM_F_DUMP => 0x300 };
use constant { ROUTE => 0, NETFILTER => 12, AF_INET => 2, AF_INET6 => 10, IFF_UP => 1, IFF_RUNNING => 0x40 };
use constant { IFLA_IFNAME => 3, IFA_ADDRESS => 1, IFA_LOCAL => 2, NFT_MSG_GETTABLE => (10 << 8) | 1 };

# A socket within a namespace that is told of the groups' events. It keeps the namespace alive until it is closed.
sub open_in {
    my ($namespace, $groups, $protocol) = @_;
    return NeutronLab::Namespace::within(
        $namespace,
        sub {
            socket my $socket, AF_NETLINK, SOCK_RAW_CLOEXEC_NONBLOCK, $protocol // ROUTE or die "netlink: $!\n";
            # Room for a burst: whoever falls behind loses events.
            setsockopt $socket, SOL_SOCKET, SO_RCVBUFFORCE, pack 'i', 1 << 20
                or setsockopt $socket, SOL_SOCKET, SO_RCVBUF, pack 'i', 1 << 18;
            bind $socket, pack 'S S L L', AF_NETLINK, 0, 0, $groups or die "netlink: $!\n";
            return $socket;
        }
    );
}

# Asks for all links, or all addresses; the answers are read like events and end with `done`.
sub request_dump {
    my ($socket, $type) = @_;
    my $message = pack 'L S S L L a16', 32, $type, NLM_F_REQUEST | NLM_F_DUMP, $type, 0, '';
    defined send $socket, $message, 0 or die "netlink: $!\n";
    return;
}

# All messages that are there now, as hashes. `overrun` tells that the kernel had to drop some.
sub receive {
    my ($socket) = @_;
    my @messages;
    while (1) {
        my $from = recv $socket, my $bytes, 1 << 16, 0;
        if (!defined $from) {
            push @messages, { kind => 'overrun' } if $!{ENOBUFS};
            next if $!{ENOBUFS} || $!{EINTR};
            last;
        }
        push @messages, _parse($bytes);
    }
    return @messages;
}

sub _parse {
    my ($bytes) = @_;
    my @messages;
    my $at = 0;
    while ($at + 16 <= length $bytes) {
        my ($length, $type) = unpack "\@$at L S", $bytes;
        last if $length < 16;
        my $body = substr $bytes, $at + 16, $length - 16;
        if    ($type == NLMSG_DONE)                          { push @messages, { kind => 'done' } }
        elsif ($type == NLMSG_ERROR)                         { push @messages, { kind => 'done', error => 1 } }
        elsif ($type == RTM_NEWLINK || $type == RTM_DELLINK) { push @messages, _link($type, $body) }
        elsif ($type == RTM_NEWADDR || $type == RTM_DELADDR) { push @messages, _address($type, $body) }
        else                                                 { push @messages, { kind => 'other', type => $type, body => $body } }
        $at += ($length + 3) & ~3;
    }
    return @messages;
}

sub _attributes {
    my ($bytes) = @_;
    my %values;
    my $at = 0;
    while ($at + 4 <= length $bytes) {
        my ($length, $type) = unpack "\@$at S S", $bytes;
        last if $length < 4;
        $values{ $type & 0x3fff } = substr $bytes, $at + 4, $length - 4;
        $at += ($length + 3) & ~3;
    }
    return \%values;
}

sub _link {
    my ($type, $body) = @_;
    my ($family, undef, undef, $index, $flags) = unpack 'C C S l L', $body;
    return () if $family;    # a bridge's report on its port (AF_BRIDGE), not a change of the link itself
    my $name = _attributes(substr $body, 16)->{ +IFLA_IFNAME } // '';
    $name =~ s/\0.*//s;
    return {
        kind  => 'link',
        gone  => $type == RTM_DELLINK ? 1 : 0,
        index => $index,
        name  => $name,
        # As a person means it: administratively up and with a carrier.
        up => ($flags & (IFF_UP | IFF_RUNNING)) == (IFF_UP | IFF_RUNNING) ? 1 : 0,
    };
}

sub _address {
    my ($type, $body) = @_;
    my ($family, $prefix, undef, undef, $index) = unpack 'C C C C L', $body;
    my $values = _attributes(substr $body, 8);
    my $bytes  = $values->{ +IFA_LOCAL } // $values->{ +IFA_ADDRESS } // return ();
    my $text   = $family == AF_INET ? join('.', unpack 'C4', $bytes) : $family == AF_INET6 ? ipv6($bytes) : return ();
    return {
        kind    => 'address',
        gone    => $type == RTM_DELADDR ? 1 : 0,
        index   => $index,
        address => "$text/$prefix",
    };
}

# The canonical text of RFC 5952.
sub ipv6 {
    my ($bytes) = @_;
    my @groups = unpack 'n8', $bytes;
    my ($start, $longest) = (-1, 1);
    for (my $i = 0; $i < 8; $i++) {
        my $length = 0;
        $length++ while $i + $length < 8 && !$groups[ $i + $length ];
        ($start, $longest) = ($i, $length) if $length > $longest;
        $i += $length;
    }
    my $hex = sub { join ':', map { sprintf '%x', $_ } @_ };
    return $hex->(@groups) if $start < 0;
    return $hex->(@groups[ 0 .. $start - 1 ]) . '::' . $hex->(@groups[ $start + $longest .. 7 ]);
}

# Which address families have nftables tables in a namespace: (4, 6), (4), … The kernel answers at once.
sub tables {
    my ($namespace) = @_;
    my $socket = eval { open_in($namespace, 0, NETFILTER) } or return ();
    my $message = pack 'L S S L L C C n', 20, NFT_MSG_GETTABLE, NLM_F_REQUEST | NLM_F_DUMP, 1, 0, 0, 0, 0;
    defined send $socket, $message, 0 or return ();
    my %families;
    for (my $tries = 0; $tries < 100; $tries++) {
        my @messages = receive($socket);
        for (grep { $_->{kind} eq 'other' } @messages) {
            my $family = unpack 'C', $_->{body};
            $families{4} = 1 if $family == AF_INET;
            $families{6} = 1 if $family == AF_INET6;
        }
        last if !@messages || grep { $_->{kind} eq 'done' } @messages;
    }
    return sort keys %families;
}

1;
