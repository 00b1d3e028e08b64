package NeutronLab::Netlink;

# The little of netlink(7) that is needed: sockets, dumps, and events of links and addresses.

use v5.36;
use NeutronLab::Namespace;

our ($RTM_NEWLINK, $RTM_DELLINK, $RTM_GETLINK, $RTM_NEWADDR, $RTM_DELADDR, $RTM_GETADDR, $GROUP_LINK, $GROUP_IPV4, $GROUP_IPV6)
    = (16, 17, 18, 20, 21, 22, 0x1, 0x10, 0x100);

my ($AF_NETLINK, $SOCK_RAW_CLOEXEC_NONBLOCK, $SOL_SOCKET, $SO_RCVBUF, $SO_RCVBUFFORCE) = (16, 3 | 0x80000 | 0x800, 1, 8, 33);
my ($NLMSG_ERROR, $NLMSG_DONE, $NLM_F_REQUEST, $NLM_F_DUMP, $NLM_F_DUMP_INTR) = (2, 3, 1, 0x300, 0x10);
our ($ROUTE, $NETFILTER) = (0, 12);
my ($AF_INET, $AF_INET6, $IFF_UP, $IFF_RUNNING) = (2, 10, 1, 0x40);
my ($IFLA_IFNAME, $IFA_ADDRESS, $IFA_LOCAL) = (3, 1, 2);

# A socket within a namespace that is told of the groups' events. It keeps the namespace alive until it is closed.
sub open_in {
    my ($namespace, $groups) = @_;
    return NeutronLab::Namespace::within($namespace, sub { scalar open_here($groups, $ROUTE) });
}

# The same in the namespace that this process is in, of any protocol of netlink.
sub open_here {
    my ($groups, $protocol) = @_;
    socket my $socket, $AF_NETLINK, $SOCK_RAW_CLOEXEC_NONBLOCK, $protocol or die "netlink: $!\n";
    # Room for a burst: whoever falls behind loses events.
    setsockopt $socket, $SOL_SOCKET, $SO_RCVBUFFORCE, pack 'i', 1 << 20
        or setsockopt $socket, $SOL_SOCKET, $SO_RCVBUF, pack 'i', 1 << 18;
    bind $socket, pack 'S S L L', $AF_NETLINK, 0, 0, $groups or die "netlink: $!\n";
    return $socket;
}

# The bodies of all messages of a dump. Where things changed under the kernel's hands it says so, and is asked again.
# Dies with a sentence where it refuses.
sub dump {
    my ($socket, $type, $body) = @_;
    my @bodies;
    for my $try (1 .. 5) {
        @bodies = ();
        my $flags = 0;
        ask($socket, $type, $NLM_F_DUMP, $body);
        MESSAGES: while (1) {
            defined recv $socket, my $bytes, 1 << 16, 0 or die "netlink: $!\n";
            my $at = 0;
            while ($at + 16 <= length $bytes) {
                my ($length, $kind, $its) = unpack "\@$at L S S", $bytes;
                die "netlink: cut short\n" if $length < 16;
                $flags |= $its;
                last MESSAGES if $kind == $NLMSG_DONE;
                if ($kind == $NLMSG_ERROR) {
                    $! = -unpack 'l', substr $bytes, $at + 16, 4;
                    die "netlink: $!\n";
                }
                push @bodies, substr $bytes, $at + 16, $length - 16;
                $at += ($length + 3) & ~3;
            }
        }
        last if !($flags & $NLM_F_DUMP_INTR);
    }
    return @bodies;
}

# Sends one request, with flags besides that of being one.
sub ask {
    my ($socket, $type, $flags, $body) = @_;
    my $message = pack('L S S L L', 16 + length $body, $type, $NLM_F_REQUEST | $flags, $type, 0) . $body;
    defined send $socket, $message, 0 or die "netlink: $!\n";
    return;
}

# Asks for all links, or all addresses; the answers are read like events and end with `done`.
sub request_dump {
    my ($socket, $type) = @_;
    ask($socket, $type, $NLM_F_DUMP, "\0" x 16);
    return;
}

# All messages that are there now, as hashes. `overrun` tells that the kernel had to drop some.
sub receive {
    my ($socket) = @_;
    my @messages;
    while (1) {
        my $from = recv $socket, my $bytes, 1 << 16, 0;
        if (!defined $from) {
            push @messages, { kind => 'overrun' } if $! == $NeutronLab::Syscall::ENOBUFS;
            next if $! == $NeutronLab::Syscall::ENOBUFS || $! == $NeutronLab::Syscall::EINTR;
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
        if    ($type == $NLMSG_DONE)                          { push @messages, { kind => 'done' } }
        elsif ($type == $NLMSG_ERROR)                         { push @messages, { kind => 'done', error => 1 } }
        elsif ($type == $RTM_NEWLINK || $type == $RTM_DELLINK) { push @messages, _link($type, $body) }
        elsif ($type == $RTM_NEWADDR || $type == $RTM_DELADDR) { push @messages, _address($type, $body) }
        else                                                 { push @messages, { kind => 'other', type => $type, body => $body } }
        $at += ($length + 3) & ~3;
    }
    return @messages;
}

# Attributes by their type.
sub attributes {
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
    my $name = attributes(substr $body, 16)->{$IFLA_IFNAME} // '';
    $name =~ s/\0.*//s;
    return {
        kind  => 'link',
        gone  => $type == $RTM_DELLINK ? 1 : 0,
        index => $index,
        name  => $name,
        # As a person means it: administratively up and with a carrier.
        up => ($flags & ($IFF_UP | $IFF_RUNNING)) == ($IFF_UP | $IFF_RUNNING) ? 1 : 0,
    };
}

sub _address {
    my ($type, $body) = @_;
    my ($family, $prefix, undef, undef, $index) = unpack 'C C C C L', $body;
    my $values = attributes(substr $body, 8);
    my $bytes  = $values->{$IFA_LOCAL} // $values->{$IFA_ADDRESS} // return ();
    my $text   = $family == $AF_INET ? join('.', unpack 'C4', $bytes) : $family == $AF_INET6 ? ipv6($bytes) : return ();
    return {
        kind    => 'address',
        gone    => $type == $RTM_DELADDR ? 1 : 0,
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

1;
