package NeutronLab::PacketTap;

# VRRP advertisements, gratuitous ARPs and unsolicited neighbour advertisements as they pass the devices of a namespace, both ways, picked by the kernel.

use v5.36;
use NeutronLab::Namespace;

my ($AF_PACKET, $SOCK_RAW, $ETH_P_ALL, $SOL_SOCKET, $SO_ATTACH_FILTER) = (17, 3 | 0x80000 | 0x800, 3, 1, 26);
my ($ETH_P_IP, $ETH_P_ARP, $ETH_P_IPV6, $NONE, $PACKET_OUTGOING) = (0x0800, 0x0806, 0x86dd, 0x10000, 4);
my ($VRRP, $ICMPV6, $NEIGHBOUR_ADVERTISEMENT, $SOLICITED) = (112, 58, 136, 0x40000000);

# A socket in a namespace; kinds: adverts, arp.
sub open_in {
    my ($namespace, %kinds) = @_;
    return NeutronLab::Namespace::within(
        $namespace,
        sub {
            socket my $socket, $AF_PACKET, $SOCK_RAW, 0 or die "packet socket: $!\n";
            _filter($socket, $kinds{adverts} ? $ETH_P_IP : $NONE, $kinds{arp} ? ($ETH_P_ARP, $ETH_P_IPV6) : ($NONE, $NONE));
            bind $socket, pack 'S n l S C C a8', $AF_PACKET, $ETH_P_ALL, 0, 0, 0, 0, '' or die "packet socket: $!\n";
            return $socket;
        }
    );
}

# Classic BPF (Documentation/networking/filter.rst): IP with protocol 112, ARP whose sender and target are one address, or a
# neighbour advertisement.
sub _filter {
    my ($socket, $ip, $arp, $ipv6) = @_;
    my @program = (
        [ 0x28, 0, 0,  12 ],                          # 0 ldh [12]: the ethertype
        [ 0x15, 0, 2,  $ip ],                         # 1 jeq, else to 4
        [ 0x30, 0, 0,  23 ],                          # 2 ldb [23]: the protocol
        [ 0x15, 10, 11, $VRRP ],                      # 3 to 14 or 15
        [ 0x15, 0, 4,  $arp ],                        # 4 jeq, else to 9
        [ 0x20, 0, 0,  28 ],                          # 5 ld [28]: the sender's address
        [ 0x07, 0, 0,  0 ],                           # 6 tax
        [ 0x20, 0, 0,  38 ],                          # 7 ld [38]: the target's
        [ 0x1d, 5, 6,  0 ],                           # 8 jeq x, to 14 or 15
        [ 0x15, 0, 5,  $ipv6 ],                       # 9 jeq, else to 15
        [ 0x30, 0, 0,  20 ],                          # 10 ldb [20]: the next header
        [ 0x15, 0, 3,  $ICMPV6 ],                     # 11 jeq, else to 15
        [ 0x30, 0, 0,  54 ],                          # 12 ldb [54]: the type
        [ 0x15, 0, 1,  $NEIGHBOUR_ADVERTISEMENT ],    # 13 jeq, else to 15
        [ 0x06, 0, 0,  512 ],                         # 14 take
        [ 0x06, 0, 0,  0 ],                           # 15 leave
    );
    my $code = join '', map { pack 'S C C L', @$_ } @program;
    my $fprog = pack 'S x' . (length(pack 'P', '') - 2) . ' P', scalar @program, $code;
    setsockopt $socket, $SOL_SOCKET, $SO_ATTACH_FILTER, $fprog or die "packet filter: $!\n";
    return;
}

# The packets that are there: hashes of kind `advert`, `arp` or `na`, index of the device, outgoing, and what they say.
sub receive {
    my ($socket) = @_;
    my @packets;
    while (defined(my $from = recv $socket, my $frame, 512, 0)) {
        my (undef, undef, $index, undef, $type) = unpack 'S n l S C', $from;
        my $packet = parse($frame) or next;
        $packet->{index}    = $index;
        $packet->{outgoing} = $type == $PACKET_OUTGOING ? 1 : 0;
        push @packets, $packet;
    }
    return @packets;
}

# An Ethernet frame; undef if it is neither, or cut short.
sub parse {
    my ($frame) = @_;
    return undef if length $frame < 42;
    my $ethertype = unpack '@12 n', $frame;
    if ($ethertype == $ETH_P_ARP) {
        my ($operation, $mac, $sender, $target) = unpack '@20 n H12 a4 x6 a4', $frame;
        return undef if $sender ne $target;
        return {
            kind => 'arp', operation => $operation, sender_mac => join(':', $mac =~ /../g),
            sender_ip => _ipv4($sender), target_ip => _ipv4($target),
        };
    }
    return _neighbour_advertisement($frame) if $ethertype == $ETH_P_IPV6;
    my $start = 14 + 4 * (ord(substr $frame, 14, 1) & 15);
    return undef if $ethertype != $ETH_P_IP || length $frame < $start + 8;
    my ($version, $vrid, $priority, $count, $interval) = unpack "\@$start C C C C n", $frame;
    return undef if ($version & 15) != 1 || length $frame < $start + 8 + 4 * $count;
    $version >>= 4;
    return undef if $version != 2 && $version != 3;
    return {
        kind     => 'advert',
        version  => $version,
        source   => _ipv4(substr $frame, 26, 4),
        vrid     => $vrid,
        priority => $priority,
        # RFC 3768: seconds in the second byte; RFC 5798: hundredths in the lower twelve bits.
        interval  => $version == 2 ? $interval & 255 : ($interval & 0xfff) / 100,
        addresses => [ map { _ipv4(substr $frame, $start + 8 + 4 * $_, 4) } 0 .. $count - 1 ],
    };
}

# An unsolicited one (RFC 4861, 4.4 and 7.2.6), what a gratuitous ARP is to IPv4.
sub _neighbour_advertisement {
    my ($frame) = @_;
    return undef if length $frame < 78;
    my ($flags, $target) = unpack '@58 N a16', $frame;
    return undef if $flags & $SOLICITED;
    require Socket;
    # The target's link-layer address is an option; who sends it is the target itself.
    my ($mac) = unpack '@6 H12', $frame;
    return {
        kind => 'na', target_ip => Socket::inet_ntop(Socket::AF_INET6(), $target), target_mac => join(':', $mac =~ /../g),
    };
}

sub _ipv4 { return join '.', unpack 'C4', $_[0] }

1;
