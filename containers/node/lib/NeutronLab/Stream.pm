package NeutronLab::Stream;

# TCP connections that are opened without waiting, for probes.

use v5.36;
use NeutronLab::Namespace;
use NeutronLab::SocketAddress;
use NeutronLab::Syscall;

my ($SOCK_STREAM, $IPPROTO_TCP, $TCP_NODELAY, $SOL_SOCKET, $SO_ERROR, $EINPROGRESS) = (1 | 0x80000 | 0x800, 6, 1, 1, 4, 115);
my ($TCP_QUICKACK, $SO_TIMESTAMPNS) = (12, 35);
my $NOWHERE = pack 'S x14', 0;    # AF_UNSPEC

# So many sockets of a namespace, to connect later: to go there and back costs more than a socket.
sub sockets {
    my ($namespace, $destination, $count) = @_;
    my $family = NeutronLab::SocketAddress::family($destination);
    return NeutronLab::Namespace::within(
        $namespace,
        sub {
            return map {
                socket my $socket, $family, $SOCK_STREAM, 0 or die "socket: $!\n";
                setsockopt $socket, $IPPROTO_TCP, $TCP_NODELAY, 1;
                $socket;
            } 1 .. $count;
        }
    );
}

# The kernel notes when something comes (socket(7)): for NeutronLab::Syscall::receive.
sub time_receipts {
    my ($socket) = @_;
    setsockopt $socket, $SOL_SOCKET, $SO_TIMESTAMPNS, 1 or die "SO_TIMESTAMPNS: $!\n";
    return;
}

# Undef, or why it failed at once.
sub begin {
    my ($socket, $to) = @_;
    return connect($socket, $to) || $! == $EINPROGRESS ? undef : "$!";
}

# As `begin`, for one question and its answer: the question carries the last acknowledgement of the handshake (tcp(7),
# TCP_QUICKACK).
sub begin_brief {
    my ($socket, $to) = @_;
    setsockopt $socket, $IPPROTO_TCP, $TCP_QUICKACK, 0;
    return begin($socket, $to);
}

# Ends its connection by one packet that leaves nothing behind (connect(2), AF_UNSPEC), rather than a port that is taken for a
# minute. The socket serves for another one.
sub reset { return connect $_[0], $NOWHERE }

# What became of it, once it is writable: undef, or what went wrong.
sub failure {
    my ($socket) = @_;
    local $! = unpack 'l', getsockopt($socket, $SOL_SOCKET, $SO_ERROR) // pack 'l', 0;
    return $! ? "$!" : undef;
}

1;
