package NeutronLab::DhcpProbe;

# A host that renews its lease again and again (RFC 2131, 4.4.5): a request by unicast to the server that gave it, from the
# address that it is for. The host's own client sits still meanwhile: it renews after half a lease.

use v5.36;
use NeutronLab::Loop;
use NeutronLab::Namespace;
use NeutronLab::Probe;
use NeutronLab::SocketAddress;

our @ISA = ('NeutronLab::Probe');

my ($AF_INET, $SOCK_DGRAM, $SOL_SOCKET, $SO_REUSEADDR, $SO_BINDTODEVICE) = (2, 2 | 0x80000 | 0x800, 1, 2, 25);
my ($REQUEST, $ACK, $NAK, $COOKIE) = (3, 5, 6, 0x63825363);

# Options beside those of every probe: destination (the server), address, mac, device.
sub begin {
    my ($self) = @_;
    $self->{to} = NeutronLab::SocketAddress::of($self->{destination}, 67, '');
    $self->{hardware} = pack 'H12', $self->{mac} =~ s/://gr;
    $self->{client}   = pack 'C4', split /\./, $self->{address};
    # The first half of each transaction's id is this probe's.
    $self->{half} = ($$ * 31 + int(1000 * NeutronLab::Loop::now())) & 0xffff;
    $self->{socket} = NeutronLab::Namespace::within(
        $self->{namespace},
        sub {
            socket my $socket, $AF_INET, $SOCK_DGRAM, 0 or die "socket: $!\n";
            setsockopt $socket, $SOL_SOCKET, $SO_REUSEADDR, 1;
            setsockopt $socket, $SOL_SOCKET, $SO_BINDTODEVICE, "$self->{device}\0" or die "device $self->{device}: $!\n";
            bind $socket, NeutronLab::SocketAddress::of('0.0.0.0', 68, '') or die "port 68: $!\n";
            return $socket;
        }
    );
    $self->{loop}->on_readable(fileno $self->{socket}, sub { $self->_receive });
    return;
}

sub transmit {
    my ($self, $number) = @_;
    # op, htype, hlen, hops, xid, secs, flags, ciaddr, three addresses, chaddr, sname and file, the cookie, options.
    my $packet = pack 'C4 n n n n a4 x12 a16 x192 N', 1, 1, 6, 0, $self->{half}, $number & 0xffff, 0, 0, $self->{client},
        $self->{hardware}, $COOKIE;
    $packet .= pack 'C3 C C C a6 C', 53, 1, $REQUEST, 61, 7, 1, $self->{hardware}, 255;
    $packet .= "\0" x (300 - length $packet) if length $packet < 300;
    return defined send($self->{socket}, $packet, 0, $self->{to}) ? undef : "$!";
}

sub _receive {
    my ($self) = @_;
    while (defined $self->{socket} && defined recv $self->{socket}, my $packet, 2048, 0) {
        my $now = NeutronLab::Loop::now();
        next if length $packet < 243;
        my ($half, $low) = unpack '@4 n n', $packet;
        next if $half != $self->{half};
        # Numbers go on where sixteen bits end.
        my $number = $self->{next} - 1 - (($self->{next} - 1 - $low) & 0xffff);
        my $type = _type($packet) // next;
        $self->answered($number, $now) if $type == $ACK;
        $self->excuse($number, 'the server refused it (DHCPNAK)') if $type == $NAK;
    }
    return;
}

# Of a message (option 53).
sub _type {
    my ($packet) = @_;
    for (my $at = 240; $at + 2 < length $packet;) {
        my ($code, $length) = unpack "\@$at C C", $packet;
        return undef if $code == 255;
        if ($code == 0) { $at++; next }
        return unpack "\@${\($at + 2)} C", $packet if $code == 53;
        $at += 2 + $length;
    }
    return undef;
}

sub end {
    my ($self) = @_;
    my $socket = delete $self->{socket} or return;
    $self->{loop}->forget_readable(fileno $socket);
    close $socket;
    return;
}

1;
