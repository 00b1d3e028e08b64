package NeutronLab::Ping;

# ICMP echo (RFC 792, RFC 4443).

use v5.36;
use NeutronLab::Loop;
use NeutronLab::Namespace;
use NeutronLab::Probe;
use NeutronLab::SocketAddress;

our @ISA = ('NeutronLab::Probe');

my ($SOCK_RAW, $ICMP, $ICMPV6) = (3 | 0x80000 | 0x800, 1, 58);
my ($SOL_RAW, $ICMP_FILTER, $ICMP6_FILTER) = (255, 1, 1);


# Path MTU discovery (ip(7), ipv6(7)). PROBE, where `ping -M do` has DO: packets are never fragmented either, but what is
# known of the way from earlier answers is not used. The kernel remembers those for ten minutes (mtu_expires), and a way
# that is mended would not be seen before.
my ($IPPROTO_IP, $IP_MTU_DISCOVER, $IPPROTO_IPV6, $IPV6_MTU_DISCOVER, $IPV6_DONTFRAG, $PROBE) = (0, 10, 41, 23, 62, 3);

# Bytes beside the ICMP header: 12 and 8 by which an answer is known, and what makes 64 of it with that header.
our ($OWN, $USUAL) = (20, 56);

my $counter = 0;

# Options beside those of every probe: source, destination, and size: bytes beside the ICMP header, of packets that nobody
# may fragment; 0 for the usual ones, which are small enough anywhere.
sub begin {
    my ($self) = @_;
    $self->{identifier} = ($$ * 31 + ++$counter) & 0xffff;
    $self->{cookie}     = pack 'a4 N N', 'nlab', $$, $counter;
    my $six = $self->{six} = $self->{destination} =~ /:/ ? 1 : 0;
    $self->{to} = NeutronLab::SocketAddress::of($self->{destination}, 0, $self->{namespace});
    $self->{socket} = NeutronLab::Namespace::within(
        $self->{namespace},
        sub {
            socket my $socket, NeutronLab::SocketAddress::family($self->{destination}), $SOCK_RAW, $six ? $ICMPV6 : $ICMP
                or die "socket: $!\n";
            # Echo replies only: a set bit keeps a type out.
            if ($six) { setsockopt $socket, $ICMPV6, $ICMP6_FILTER, pack 'L8', (0xffffffff) x 4, 0xfffffffd, (0xffffffff) x 3 }
            else      { setsockopt $socket, $SOL_RAW, $ICMP_FILTER, pack 'L', 0xfffffffe }
            _keep_whole($socket, $six) if $self->{size};
            if ($self->{source} ne '') {
                bind $socket, NeutronLab::SocketAddress::of($self->{source}, 0, '') or die "source $self->{source}: $!\n";
            }
            return $socket;
        }
    );
    $self->{form} = 'C C n n n a12 Q> x' . (($self->{size} || $USUAL) - $OWN);
    $self->{loop}->on_readable(fileno $self->{socket}, sub { $self->_receive });
    return;
}

# What says that a packet is too long (RFC 792, RFC 4443, 3.2) is heard as well.
sub _keep_whole {
    my ($socket, $six) = @_;
    if ($six) {
        setsockopt $socket, $ICMPV6,       $ICMP6_FILTER,      pack 'L8', 0xfffffffb, (0xffffffff) x 3, 0xfffffffd, (0xffffffff) x 3;
        setsockopt $socket, $IPPROTO_IPV6, $IPV6_MTU_DISCOVER, pack 'i', $PROBE or die "setsockopt: $!\n";
        setsockopt $socket, $IPPROTO_IPV6, $IPV6_DONTFRAG,     pack 'i', 1      or die "setsockopt: $!\n";
    }
    else {
        setsockopt $socket, $SOL_RAW,    $ICMP_FILTER,     pack 'L', 0xfffffff6;
        setsockopt $socket, $IPPROTO_IP, $IP_MTU_DISCOVER, pack 'i', $PROBE or die "setsockopt: $!\n";
    }
    return;
}

sub transmit {
    my ($self, $number) = @_;
    my $packet = pack $self->{form}, $self->{six} ? 128 : 8, 0, 0, $self->{identifier}, $number & 0xffff, $self->{cookie}, $number;
    substr $packet, 2, 2, pack 'n', _checksum($packet) if !$self->{six};    # the kernel does it for ICMPv6
    return "$!" if !defined send $self->{socket}, $packet, 0, $self->{to};
    # On one machine the answer is mostly there before sendto(2) comes back: that saves a turn of the loop.
    $self->_receive;
    return undef;
}

sub _checksum {
    my $sum = unpack '%32n*', $_[0];
    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum > 0xffff;
    return ~$sum & 0xffff;
}

# One a turn of the loop, which comes back while there are more: mostly there is one.
sub _receive {
    my ($self) = @_;
    return if !defined recv $self->{socket}, my $packet, 2048, 0;
    my $now   = NeutronLab::Loop::now();
    my $start = $self->{six} ? 0 : 4 * (ord($packet) & 15);
    return if length $packet < $start + 28;
    my ($type, $cookie, $number) = unpack "\@$start C x7 a12 Q>", $packet;
    if ($type == ($self->{six} ? 129 : 0)) { $self->answered($number, $now) if $cookie eq $self->{cookie} }
    else                                   { $self->_too_long($packet, $start) }
    return;
}

# A router on the way quotes what it did not pass on, with its IP header; in the words of ping(8).
sub _too_long {
    my ($self, $packet, $start) = @_;
    my $six   = $self->{six};
    my $inner = $start + 8;
    return if length $packet <= $inner;
    my $quoted = $inner + ($six ? 40 : 4 * (ord(substr $packet, $inner, 1) & 15));
    return if length $packet < $quoted + 28;
    my ($type,   $code)   = unpack "\@$start C C", $packet;
    my ($cookie, $number) = unpack "\@$quoted x8 a12 Q>", $packet;
    return if $cookie ne $self->{cookie} || $type != ($six ? 2 : 3) || $code != ($six ? 0 : 4);
    my $mtu = $six ? unpack "\@$start x4 N", $packet : unpack "\@$start x6 n", $packet;
    $self->excuse($number, $six ? "Packet too big: mtu=$mtu" : "Frag needed and DF set (mtu = $mtu)");
    return;
}

sub end {
    my ($self) = @_;
    my $socket = delete $self->{socket} or return;
    $self->{loop}->forget_readable(fileno $socket);
    close $socket;
    return;
}

1;
