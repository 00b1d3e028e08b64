package NeutronLab::HttpProbe;

# One HTTP request after another, each over a connection of its own (RFC 9110, RFC 1945). It is answered when the status
# line says 200.

use v5.36;
use NeutronLab::Loop;
use NeutronLab::Probe;
use NeutronLab::Stream;

our @ISA = ('NeutronLab::Probe');

# Options beside those of every probe: destination, port.
sub begin { my ($self) = @_; $self->{streams} = {}; return }

sub transmit {
    my ($self, $number) = @_;
    my $socket = NeutronLab::Stream::connecting(@$self{qw(namespace destination port)}) // return "$!";
    $self->{streams}{$number} = { socket => $socket, said => '' };
    $self->{loop}->on_writable(fileno $socket, sub { $self->_connected($number) });
    return undef;
}

sub _connected {
    my ($self, $number) = @_;
    my $socket = $self->{streams}{$number}{socket};
    $self->{loop}->forget_writable(fileno $socket);
    my $error = NeutronLab::Stream::failure($socket);
    my $host  = $self->{destination} =~ /:/ ? "[$self->{destination}]" : $self->{destination};
    $error //= "$!" if !defined $error && !defined syswrite $socket, "GET / HTTP/1.0\r\nHost: $host\r\n\r\n";
    return $self->_over($number, $error) if defined $error;
    $self->{loop}->on_readable(fileno $socket, sub { $self->_receive($number) });
    return;
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

sub end { my ($self) = @_; $self->_over($_) for keys %{ $self->{streams} }; return }

1;
