package NeutronLab::Echo;

# Gives back what comes over TCP (RFC 862), as long as it is asked to: the other end of TcpProbe.pm.

use v5.36;
use NeutronLab::Namespace;
use NeutronLab::SocketAddress;
use NeutronLab::Syscall;

my ($SOCK_STREAM, $SOL_SOCKET, $SO_REUSEADDR, $AF_INET6, $IPPROTO_TCP, $TCP_NODELAY) = (1 | 0x80000 | 0x800, 1, 2, 10, 6, 1);

# Bytes that a connection may be behind with reading; one that is further behind is ended.
my $BACKLOG = 1 << 20;

# Dies with a sentence where it cannot listen.
sub new {
    my ($class, $loop, $namespace, $port) = @_;
    my $self = bless { loop => $loop, open => {} }, $class;
    $self->{socket} = NeutronLab::Namespace::within(
        $namespace,
        sub {
            # Of both families: IPV6_V6ONLY is off by itself (ipv6(7)).
            socket my $socket, $AF_INET6, $SOCK_STREAM, 0 or die "socket: $!\n";
            setsockopt $socket, $SOL_SOCKET, $SO_REUSEADDR, 1;
            bind $socket, NeutronLab::SocketAddress::of('::', $port, '') or die "port $port: $!\n";
            listen $socket, 16 or die "port $port: $!\n";
            return $socket;
        }
    );
    $loop->on_readable(fileno $self->{socket}, sub { $self->_accept });
    return $self;
}

sub _accept {
    my ($self) = @_;
    while (accept my $socket, $self->{socket}) {
        NeutronLab::Files::set_nonblocking($socket, 1);
        setsockopt $socket, $IPPROTO_TCP, $TCP_NODELAY, 1;
        my $fd = fileno $socket;
        $self->{open}{$fd} = { socket => $socket, unsent => '' };
        $self->{loop}->on_readable($fd, sub { $self->_receive($fd) });
    }
    return;
}

sub _receive {
    my ($self, $fd) = @_;
    my $stream = $self->{open}{$fd};
    my $count  = sysread $stream->{socket}, $stream->{unsent}, 65536, length $stream->{unsent};
    return if !defined $count && ($! == $NeutronLab::Syscall::EAGAIN || $! == $NeutronLab::Syscall::EINTR);
    return $self->_close($fd) if !$count || length $stream->{unsent} > $BACKLOG;
    return $self->_write($fd);
}

sub _write {
    my ($self, $fd) = @_;
    my $stream = $self->{open}{$fd};
    while (length $stream->{unsent}) {
        my $count = syswrite $stream->{socket}, $stream->{unsent};
        if (!defined $count) {
            next if $! == $NeutronLab::Syscall::EINTR;
            return $self->_close($fd) if $! != $NeutronLab::Syscall::EAGAIN;
            return $self->{loop}->on_writable($fd, sub { $self->{loop}->forget_writable($fd); $self->_write($fd) });
        }
        substr $stream->{unsent}, 0, $count, '';
    }
    return;
}

sub _close {
    my ($self, $fd) = @_;
    my $stream = delete $self->{open}{$fd} or return;
    $self->{loop}->forget_readable($fd);
    $self->{loop}->forget_writable($fd);
    close $stream->{socket};
    return;
}

sub close {
    my ($self) = @_;
    my $socket = delete $self->{socket} or return;
    $self->{loop}->forget_readable(fileno $socket);
    CORE::close $socket;
    $self->_close($_) for keys %{ $self->{open} };
    return;
}

1;
