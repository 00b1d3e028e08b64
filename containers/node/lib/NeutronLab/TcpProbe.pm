package NeutronLab::TcpProbe;

# One TCP connection that lives on, and small messages on it that `echo` (Echo.pm) gives back. Where it breaks that is told,
# and another one is opened.

use v5.36;
use NeutronLab::Loop;
use NeutronLab::Probe;
use NeutronLab::SocketAddress;
use NeutronLab::Stream;
use NeutronLab::Syscall;

our @ISA = ('NeutronLab::Probe');

# A message: four letters, four of this very connection, the number of the request.
my $SIZE = 16;

# Options beside those of every probe: destination, port.
sub begin {
    my ($self) = @_;
    $self->{connections} = 0;
    $self->{to} = NeutronLab::SocketAddress::of(@$self{qw(destination port namespace)});
    return;
}

sub transmit {
    my ($self, $number) = @_;
    if (!$self->{socket}) {
        my ($socket) = NeutronLab::Stream::sockets(@$self{qw(namespace destination)}, 1);
        my $error = NeutronLab::Stream::begin($socket, $self->{to});
        return $error if defined $error;
        $self->{socket}      = $socket;
        $self->{established} = 0;
        $self->{connections}++;
        $self->{unsent} = $self->{said} = '';
        $self->{loop}->on_writable(fileno $socket, sub { $self->_writable });
    }
    $self->{unsent} .= pack 'a4 N Q>', 'nlab', $self->{connections}, $number;
    $self->{number} = $number;
    $self->_write if $self->{established};
    return undef;
}

sub _writable {
    my ($self) = @_;
    $self->{loop}->forget_writable(fileno $self->{socket});
    if (!$self->{established}) {
        my $error = NeutronLab::Stream::failure($self->{socket});
        return $self->_break($error) if defined $error;
        $self->{established} = 1;
        $self->{loop}->on_readable(fileno $self->{socket}, sub { $self->_receive });
    }
    $self->_write;
    return;
}

sub _write {
    my ($self) = @_;
    while (length $self->{unsent}) {
        my $count = syswrite $self->{socket}, $self->{unsent};
        if (!defined $count) {
            next if $! == $NeutronLab::Syscall::EINTR;
            return $self->{loop}->on_writable(fileno $self->{socket}, sub { $self->_writable })
                if $! == $NeutronLab::Syscall::EAGAIN;
            return $self->_break("$!");
        }
        substr $self->{unsent}, 0, $count, '';
    }
    return;
}

sub _receive {
    my ($self) = @_;
    my $now   = NeutronLab::Loop::now();
    my $count = sysread $self->{socket}, $self->{said}, 65536, length $self->{said};
    return if !defined $count && ($! == $NeutronLab::Syscall::EAGAIN || $! == $NeutronLab::Syscall::EINTR);
    return $self->_break(defined $count ? 'the other end closed it' : "$!") if !$count;
    while (length $self->{said} >= $SIZE) {
        my ($letters, undef, $number) = unpack 'a4 N Q>', substr $self->{said}, 0, $SIZE, '';
        $self->answered($number, $now) if $letters eq 'nlab';
    }
    return;
}

# What had not come back will not come any more.
sub _break {
    my ($self, $error) = @_;
    my $was = $self->{established};
    $self->_close;
    $self->excuse($_, $error) for $self->open_ones;
    $self->{tell}->('broken', $self->{number}, NeutronLab::Loop::now(), $error) if $was;
    return;
}

sub _close {
    my ($self) = @_;
    my $socket = delete $self->{socket} or return;
    my $fd = fileno $socket;
    $self->{loop}->forget_readable($fd);
    $self->{loop}->forget_writable($fd);
    close $socket;
    return;
}

sub end { my ($self) = @_; return $self->_close }

1;
