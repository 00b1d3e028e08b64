package NeutronLab::Stream;

# A TCP connection that is opened without waiting, for probes.

use v5.36;
use NeutronLab::Namespace;
use NeutronLab::SocketAddress;
use NeutronLab::Syscall;

my ($SOCK_STREAM, $IPPROTO_TCP, $TCP_NODELAY, $SOL_SOCKET, $SO_ERROR, $EINPROGRESS) = (1 | 0x80000 | 0x800, 6, 1, 1, 4, 115);

# A socket that connects, or undef with $! where that failed at once.
sub connecting {
    my ($namespace, $destination, $port) = @_;
    my $to = NeutronLab::SocketAddress::of($destination, $port, $namespace);
    return NeutronLab::Namespace::within(
        $namespace,
        sub {
            socket my $socket, NeutronLab::SocketAddress::family($destination), $SOCK_STREAM, 0 or die "socket: $!\n";
            setsockopt $socket, $IPPROTO_TCP, $TCP_NODELAY, 1;
            return $socket if connect($socket, $to) || $! == $EINPROGRESS;
            my $error = $!;
            close $socket;
            $! = $error;
            return undef;
        }
    );
}

# What became of it, once it is writable: 0, or what went wrong.
sub failure {
    my ($socket) = @_;
    local $! = unpack 'l', getsockopt($socket, $SOL_SOCKET, $SO_ERROR) // pack 'l', 0;
    return $! ? "$!" : undef;
}

1;
