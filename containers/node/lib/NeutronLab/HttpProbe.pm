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

# Sockets that are made at a time; each serves again and again. Seconds until answers are read: the kernel notes when each of
# them came, and several at a time cost a fraction of what it costs to wake up for each.
my ($STOCK, $GATHER) = (4, 0.1);

# Options beside those of every probe: destination, port.
sub begin {
    my ($self) = @_;
    my $host = $self->{destination} =~ /:/ ? "[$self->{destination}]" : $self->{destination};
    $self->{request} = "GET / HTTP/1.0\r\nHost: $host\r\n\r\n";
    $self->{to}      = NeutronLab::SocketAddress::of(@$self{qw(destination port namespace)});
    # By the numbers of the requests, and those that serve none.
    @$self{qw(streams idle)} = ({}, []);
    $self->{gather} = sub { $self->look };
    return;
}

sub transmit {
    my ($self, $number) = @_;
    my $stream = pop @{ $self->{idle} } // $self->_stream;
    my $error  = NeutronLab::Stream::begin_brief($stream->{socket}, $self->{to});
    if (defined $error) {
        $self->_rest($stream);
        return $error;
    }
    $stream->{number} = $number;
    $self->{streams}{$number} = $stream;
    # On one machine the other end has mostly agreed before connect(2) comes back.
    $self->_ask($stream);
    return undef;
}

# One more than there were. Its handler is made with it rather than for each request.
sub _stream {
    my ($self) = @_;
    my $idle = $self->{idle};
    for my $socket (NeutronLab::Stream::sockets(@$self{qw(namespace destination)}, $STOCK)) {
        NeutronLab::Stream::time_receipts($socket);
        my $stream = { socket => $socket, fd => fileno $socket, asked => 0, said => '' };
        $stream->{connected} = sub { $self->_connected($stream) };
        push @$idle, $stream;
    }
    return pop @$idle;
}

sub _ask {
    my ($self, $stream) = @_;
    if (defined syswrite $stream->{socket}, $self->{request}) {
        $stream->{asked} = 1;
        $self->{gathering} //= $self->{loop}->after($GATHER, $self->{gather});
    }
    elsif ($! == $NeutronLab::Syscall::EAGAIN) { $self->{loop}->on_writable(@$stream{qw(fd connected)}) }
    else                                       { $self->_over($stream, "$!") }
    return;
}

sub _connected {
    my ($self, $stream) = @_;
    $self->{loop}->forget_writable($stream->{fd});
    my $error = NeutronLab::Stream::failure($stream->{socket});
    return defined $error ? $self->_over($stream, $error) : $self->_ask($stream);
}

sub look {
    my ($self) = @_;
    $self->{loop}->cancel(delete $self->{gathering});
    my $streams = $self->{streams};
    $self->_receive($streams->{$_}) for sort { $a <=> $b } grep { $streams->{$_}{asked} } keys %$streams;
    $self->{gathering} //= $self->{loop}->after($GATHER, $self->{gather}) if grep { $_->{asked} } values %$streams;
    return;
}

sub _receive {
    my ($self, $stream) = @_;
    my ($bytes, $came) = NeutronLab::Syscall::receive($stream->{fd});
    return $! == $NeutronLab::Syscall::EAGAIN ? () : $self->_over($stream, "$!") if !defined $bytes;
    $stream->{said} .= $bytes;
    my ($status) = $stream->{said} =~ m{\AHTTP/1\.[01] (\d{3})};
    return if !defined $status && length $bytes;
    my $number = $stream->{number};
    return $self->_over($stream, defined $status ? "HTTP status $status" : 'no answer before the connection ended')
        if !defined $status || $status != 200;
    $self->_over($stream);
    return $self->answered($number, $came);
}

# A connection ends; where that was too early the reason is kept.
sub _over {
    my ($self, $stream, $error) = @_;
    my $number = $stream->{number};
    delete $self->{streams}{$number};
    $self->{loop}->forget_writable($stream->{fd});
    $self->_rest($stream);
    $self->excuse($number, $error) if defined $error;
    return;
}

sub _rest {
    my ($self, $stream) = @_;
    NeutronLab::Stream::reset($stream->{socket});
    @$stream{qw(asked said)} = (0, '');
    push @{ $self->{idle} }, $stream;
    return;
}

sub given_up {
    my ($self, $number) = @_;
    my $stream = $self->{streams}{$number} or return;
    return $self->_over($stream);
}

sub end {
    my ($self) = @_;
    $self->_over($_) for values %{ $self->{streams} };
    $self->{loop}->cancel(delete $self->{gathering});
    for my $stream (splice @{ $self->{idle} }) {
        close $stream->{socket};
        delete $stream->{connected};    # it holds the stream, which holds it
    }
    delete $self->{gather};
    return;
}

1;
