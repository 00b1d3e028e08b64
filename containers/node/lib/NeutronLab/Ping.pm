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

my $counter = 0;

# Options beside those of every probe: source, destination.
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
            if ($self->{source} ne '') {
                bind $socket, NeutronLab::SocketAddress::of($self->{source}, 0, '') or die "source $self->{source}: $!\n";
            }
            return $socket;
        }
    );
    $self->{loop}->on_readable(fileno $self->{socket}, sub { $self->_receive });
    return;
}

sub transmit {
    my ($self, $number) = @_;
    my $packet = pack 'C C n n n a12 Q> x36', $self->{six} ? 128 : 8, 0, 0, $self->{identifier}, $number & 0xffff, $self->{cookie}, $number;
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
    $self->answered($number, $now) if $type == ($self->{six} ? 129 : 0) && $cookie eq $self->{cookie};
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
