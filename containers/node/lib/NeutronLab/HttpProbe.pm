package NeutronLab::HttpProbe;

# One HTTP request after another, each over a connection of its own (RFC 9110, RFC 1945). It is answered when the status
# line says 200.

use v5.36;
use NeutronLab::Loop;
use NeutronLab::Probe;
use NeutronLab::SocketAddress;
use NeutronLab::Stream;
use NeutronLab::Syscall;

our @ISA = ('NeutronLab::Probe');

# Sockets that are made at a time.
my $STOCK = 16;

# Options beside those of every probe: destination, port.
sub begin {
    my ($self) = @_;
    my $host = $self->{destination} =~ /:/ ? "[$self->{destination}]" : $self->{destination};
    $self->{request} = "GET / HTTP/1.0\r\nHost: $host\r\n\r\n";
    $self->{to}      = NeutronLab::SocketAddress::of(@$self{qw(destination port namespace)});
    @$self{qw(streams stock)} = ({}, []);
    return;
}

sub transmit {
    my ($self, $number) = @_;
    my $stock = $self->{stock};
    @$stock = NeutronLab::Stream::sockets(@$self{qw(namespace destination)}, $STOCK) if !@$stock;
    my $socket = shift @$stock;
    NeutronLab::Stream::brief($socket);
    my $error = NeutronLab::Stream::begin($socket, $self->{to});
    return $error if defined $error;
    $self->{streams}{$number} = { socket => $socket, said => '' };
    # On one machine the other end has mostly agreed before connect(2) comes back.
    $self->_ask($number);
    return undef;
}

sub _ask {
    my ($self, $number) = @_;
    my $socket = $self->{streams}{$number}{socket};
    if (defined syswrite $socket, $self->{request}) {
        $self->{loop}->on_readable(fileno $socket, sub { $self->_receive($number) });
    }
    elsif ($! == $NeutronLab::Syscall::EAGAIN) {
        $self->{loop}->on_writable(fileno $socket, sub { $self->_connected($number) });
    }
    else { $self->_over($number, "$!") }
    return;
}

sub _connected {
    my ($self, $number) = @_;
    my $socket = $self->{streams}{$number}{socket};
    $self->{loop}->forget_writable(fileno $socket);
    my $error = NeutronLab::Stream::failure($socket);
    return defined $error ? $self->_over($number, $error) : $self->_ask($number);
}

sub _receive {
    my ($self, $number) = @_;
    my $now    = NeutronLab::Loop::now();
    my $stream = $self->{streams}{$number};
    my $count  = sysread $stream->{socket}, $stream->{said}, 4096, length $stream->{said};
    return $self->_over($number, "$!") if !defined $count;
    my ($status) = $stream->{said} =~ m{\AHTTP/1\.[01] (\d{3})};
    return if !defined $status && $count;
    $self->answered($number, $now) if defined $status && $status == 200;
    $self->_over($number, defined $status ? "HTTP status $status" : 'no answer before the connection ended');
    return;
}

# A connection ends; where that was too early the reason is kept.
sub _over {
    my ($self, $number, $error) = @_;
    my $stream = delete $self->{streams}{$number} or return;
    my $fd = fileno $stream->{socket};
    $self->{loop}->forget_readable($fd);
    $self->{loop}->forget_writable($fd);
    close $stream->{socket};
    $self->excuse($number, $error) if defined $error;
    return;
}

sub given_up { my ($self, $number) = @_; return $self->_over($number) }

sub end {
    my ($self) = @_;
    $self->_over($_) for keys %{ $self->{streams} };
    $self->{stock} = [];
    return;
}

1;
