package NeutronLab::Stream;

# TCP connections that are opened without waiting, for probes.

use v5.36;
use NeutronLab::Namespace;
use NeutronLab::SocketAddress;
use NeutronLab::Syscall;

my ($SOCK_STREAM, $IPPROTO_TCP, $TCP_NODELAY, $SOL_SOCKET, $SO_ERROR, $EINPROGRESS) = (1 | 0x80000 | 0x800, 6, 1, 1, 4, 115);
my ($TCP_QUICKACK, $SO_LINGER) = (12, 13);

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

# Undef, or why it failed at once.
sub begin {
    my ($socket, $to) = @_;
    return connect($socket, $to) || $! == $EINPROGRESS ? undef : "$!";
}

# For one question and its answer: the question carries the last acknowledgement of the handshake (tcp(7), TCP_QUICKACK), and
# its end is one packet that leaves nothing behind (socket(7), SO_LINGER) rather than a port that is taken for a minute.
sub brief {
    my ($socket) = @_;
    setsockopt $socket, $IPPROTO_TCP, $TCP_QUICKACK, 0;
    setsockopt $socket, $SOL_SOCKET, $SO_LINGER, pack 'l l', 1, 0;
    return;
}

# What became of it, once it is writable: undef, or what went wrong.
sub failure {
    my ($socket) = @_;
    local $! = unpack 'l', getsockopt($socket, $SOL_SOCKET, $SO_ERROR) // pack 'l', 0;
    return $! ? "$!" : undef;
}

1;
