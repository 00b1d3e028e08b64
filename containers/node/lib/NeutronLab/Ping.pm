package NeutronLab::Ping;

# ICMP echo from within a namespace at a steady pace, every answer told (RFC 792, RFC 4443).

use v5.36;
use NeutronLab::Loop;
use NeutronLab::Namespace;

my ($AF_INET, $AF_INET6, $SOCK_RAW, $ICMP, $ICMPV6) = (2, 10, 3 | 0x80000 | 0x800, 1, 58);
my ($SOL_RAW, $ICMP_FILTER, $ICMP6_FILTER, $WAIT, $REMEMBER) = (255, 1, 1, 1, 4096);

my $counter = 0;

# Options: namespace, source, destination, interval (seconds), count (0: until cancelled).
# tell: called with reply, lost or done and their values. Dies with a sentence where it cannot begin.
sub new {
    my ($class, $loop, $tell, %options) = @_;
    my $self = bless {
        %options, loop => $loop, tell => $tell, identifier => ($$ * 31 + ++$counter) & 0xffff,
        cookie => pack('a4 N N', 'nlab', $$, $counter), next => 0, received => 0, open => {}, state => {},
    }, $class;
    my $six = $self->{six} = $options{destination} =~ /:/ ? 1 : 0;
    $self->{to} = _sockaddr($six, $options{destination}, $options{namespace});
    $self->{socket} = NeutronLab::Namespace::within(
        $options{namespace},
        sub {
            socket my $socket, $six ? $AF_INET6 : $AF_INET, $SOCK_RAW, $six ? $ICMPV6 : $ICMP or die "socket: $!\n";
            # Echo replies only: a set bit keeps a type out.
            if ($six) { setsockopt $socket, $ICMPV6, $ICMP6_FILTER, pack 'L8', (0xffffffff) x 4, 0xfffffffd, (0xffffffff) x 3 }
            else      { setsockopt $socket, $SOL_RAW, $ICMP_FILTER, pack 'L', 0xfffffffe }
            if ($options{source} ne '') {
                bind $socket, _sockaddr($six, $options{source}, '') or die "source $options{source}: $!\n";
            }
            return $socket;
        }
    );
    $loop->on_readable(fileno $self->{socket}, sub { $self->_receive });
    $self->{due} = NeutronLab::Loop::now();
    $self->_send;
    return $self;
}

sub _sockaddr {
    my ($six, $text, $namespace) = @_;
    if (!$six) {
        my @bytes = $text =~ /\A(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\z/;
        die "not an address: $text\n" if !@bytes || grep { $_ > 255 } @bytes;
        return pack 'S n C4 x8', $AF_INET, 0, @bytes;
    }
    require Socket;
    my ($address, $device) = split /%/, $text, 2;
    my $bytes = Socket::inet_pton(Socket::AF_INET6(), $address) // die "not an address: $text\n";
    return pack 'S n N a16 L', $AF_INET6, 0, 0, $bytes, defined $device ? _index($namespace, $device) : 0;
}

sub _index {
    my ($namespace, $device) = @_;
    require NeutronLab::Netlink;
    my $socket = NeutronLab::Netlink::open_in($namespace, 0);
    NeutronLab::Netlink::request_dump($socket, $NeutronLab::Netlink::RTM_GETLINK);
    for my $message (NeutronLab::Netlink::receive($socket)) {
        return $message->{index} if $message->{kind} eq 'link' && $message->{name} eq $device;
    }
    die "no such device: $device\n";
}

sub _send {
    my ($self) = @_;
    my $number = $self->{next}++;
    my $body = $self->{cookie} . pack 'Q> x36', $number;
    my $type = $self->{six} ? 128 : 8;
    my $packet = pack 'C C n n n a*', $type, 0, 0, $self->{identifier}, $number & 0xffff, $body;
    substr $packet, 2, 2, pack 'n', _checksum($packet) if !$self->{six};    # the kernel does it for ICMPv6
    my $now  = NeutronLab::Loop::now();
    my $sent = send $self->{socket}, $packet, 0, $self->{to};
    $self->{open}{$number} = { sent => $now, defined $sent ? () : (error => "$!") };
    push @{ $self->{waiting} }, $number;
    $self->_await;

    return if $self->{count} && $self->{next} >= $self->{count};
    $self->{due} += $self->{interval};
    # One that was frozen does not catch up in a burst.
    $self->{due} = $now + $self->{interval} if $self->{due} < $now;
    $self->{timer} = $self->{loop}->at($self->{due}, sub { $self->_send });
    return;
}

sub _checksum {
    my $sum = unpack '%32n*', $_[0];
    $sum = ($sum & 0xffff) + ($sum >> 16) while $sum > 0xffff;
    return ~$sum & 0xffff;
}

# One timer, for the oldest that is open.
sub _await {
    my ($self) = @_;
    my $waiting = $self->{waiting};
    shift @$waiting while @$waiting && !$self->{open}{ $waiting->[0] };
    if (!@$waiting) {
        $self->finish if $self->{count} && $self->{next} >= $self->{count};
        return;
    }
    return if defined $self->{deadline};
    my $oldest = $self->{open}{ $waiting->[0] };
    $self->{deadline} = $self->{loop}->at($oldest->{sent} + $WAIT, sub {
        $self->{deadline} = undef;
        my $now = NeutronLab::Loop::now();
        while (@$waiting) {
            my $number = $waiting->[0];
            my $probe  = $self->{open}{$number};
            last if $probe && $probe->{sent} + $WAIT > $now;
            shift @$waiting;
            next if !$probe;
            delete $self->{open}{$number};
            $self->_remember($number, { %$probe, lost => 1 });
            $self->{tell}->('lost', $number, $probe->{sent}, $probe->{error} ? (error => $probe->{error}) : ());
        }
        $self->_await;
    });
    return;
}

sub _receive {
    my ($self) = @_;
    while (defined $self->{socket} && defined recv $self->{socket}, my $packet, 2048, 0) {
        my $now   = NeutronLab::Loop::now();
        my $start = $self->{six} ? 0 : 4 * (ord($packet) & 15);
        next if length $packet < $start + 28;
        my ($type, $cookie, $number) = unpack "\@$start C x7 a12 Q>", $packet;
        next if $type != ($self->{six} ? 129 : 0) || $cookie ne $self->{cookie};
        my $probe = delete $self->{open}{$number};
        my @marks;
        if (!$probe) {
            $probe = $self->{state}{$number} or next;
            @marks = $probe->{lost} && !$probe->{late} ? (late => 1) : (dup => 1);
            $probe->{late} = 1;
        }
        else { $self->_remember($number, $probe) }
        $self->{received}++ if !@marks || $marks[0] eq 'late';
        $self->{tell}->('reply', $number, $probe->{sent}, t => $now, @marks);
        $self->_await if !@marks;
    }
    return;
}

sub _remember {
    my ($self, $number, $probe) = @_;
    $self->{state}{$number} = $probe;
    delete $self->{state}{ $number - $REMEMBER };
    return;
}

# Ends it and tells `done`, once.
sub finish {
    my ($self) = @_;
    my $socket = delete $self->{socket} or return;
    $self->{loop}->forget_readable(fileno $socket);
    close $socket;
    $self->{loop}->cancel($_) for grep { defined } @$self{qw(timer deadline)};
    $self->{tell}->('done', $self->{next}, $self->{received});
    return;
}

1;
