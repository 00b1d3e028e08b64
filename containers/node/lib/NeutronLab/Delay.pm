package NeutronLab::Delay;

# Holds packets back, where the kernel has no netem: a rule hands them over (NFQUEUE), and each goes on when its time has come
# (nfnetlink_queue; include/uapi/linux/netfilter/nfnetlink_queue.h).

use v5.36;
use NeutronLab::Loop;
use NeutronLab::Syscall;

my ($AF_NETLINK, $SOCK_RAW, $NETLINK_NETFILTER, $SOL_SOCKET, $SO_RCVBUF, $SOL_NETLINK, $NO_ENOBUFS) = (16, 3 | 0x80000 | 0x800, 12, 1, 8, 270, 5);
my ($PACKET, $VERDICT, $CONFIG) = (3 << 8 | 0, 3 << 8 | 1, 3 << 8 | 2);
my ($NLM_F_REQUEST, $ACCEPT) = (1, 1);
my ($CFG_CMD, $CFG_PARAMS, $CFG_QUEUE_MAXLEN, $CMD_BIND, $COPY_META) = (1, 2, 3, 1, 1);
my ($PACKET_HDR, $VERDICT_HDR) = (1, 2);

# Packets that may be held at a time; more are dropped, as by a queue that is full.
my $HELD = 65536;

# delay and jitter in milliseconds; runs until it is told to end.
sub main {
    my ($queue, $delay, $jitter) = @_;
    die "a delay has a queue, a delay and a jitter in milliseconds\n"
        if !defined $jitter || grep { !/\A[0-9]{1,6}(?:\.[0-9]{1,3})?\z/ } $queue, $delay, $jitter;
    my $loop = NeutronLab::Loop->new;
    socket my $socket, $AF_NETLINK, $SOCK_RAW, $NETLINK_NETFILTER or die "netlink: $!\n";
    bind $socket, pack 'S x2 L L', $AF_NETLINK, 0, 0 or die "netlink: $!\n";
    setsockopt $socket, $SOL_SOCKET, $SO_RCVBUF, 4 << 20;
    # What does not fit is dropped by the kernel, which need not be told as an error.
    setsockopt $socket, $SOL_NETLINK, $NO_ENOBUFS, 1;
    my $self = bless { socket => $socket, queue => $queue, loop => $loop, delay => $delay / 1000, jitter => $jitter / 1000 },
        __PACKAGE__;
    $self->_say($CONFIG, _attribute($CFG_CMD, pack 'C x n', $CMD_BIND, 2));
    $self->_say($CONFIG, _attribute($CFG_PARAMS, pack 'N C', 0, $COPY_META));
    $self->_say($CONFIG, _attribute($CFG_QUEUE_MAXLEN, pack 'N', $HELD));
    $loop->on_readable(fileno $socket, sub { $self->_receive });
    $loop->run;
    return;
}

sub _attribute {
    my ($type, $value) = @_;
    my $length = 4 + length $value;
    return pack 'S S a*', $length, $type, $value . "\0" x (-$length & 3);
}

# nlmsghdr, nfgenmsg and attributes.
sub _say {
    my ($self, $type, $attributes) = @_;
    my $message = pack 'L S S L L C C n a*', 20 + length $attributes, $type, $NLM_F_REQUEST, 0, 0, 0, 0, $self->{queue},
        $attributes;
    send $self->{socket}, $message, 0 or die "netlink: $!\n";
    return;
}

sub _receive {
    my ($self) = @_;
    while (defined recv $self->{socket}, my $bytes, 65536, 0) {
        my $now = NeutronLab::Loop::now();
        for (my $at = 0; $at + 20 <= length $bytes;) {
            my ($length, $type) = unpack "\@$at L S", $bytes;
            last if $length < 16;
            $self->_hold($now, substr $bytes, $at + 20, $length - 20) if $type == $PACKET;
            $at += ($length + 3) & ~3;
        }
    }
    return;
}

sub _hold {
    my ($self, $now, $attributes) = @_;
    for (my $at = 0; $at + 4 <= length $attributes;) {
        my ($length, $type) = unpack "\@$at S S", $attributes;
        last if $length < 4;
        if ($type == $PACKET_HDR) {
            my $id    = substr $attributes, $at + 4, 4;
            my $later = $self->{delay} + (2 * rand() - 1) * $self->{jitter};
            my $go    = sub { $self->_say($VERDICT, _attribute($VERDICT_HDR, pack('N', $ACCEPT) . $id)) };
            $later > 0 ? $self->{loop}->at($now + $later, $go) : $go->();
            return;
        }
        $at += ($length + 3) & ~3;
    }
    return;
}

1;
