package NeutronLab::NetworkState;

# Links, addresses, routes and forwarding entries of a namespace, as rtnetlink(7) tells them, in the words of `ip -j -d`
# and `bridge -j`. Asked directly, since a process of ip(8) costs more than all of this.

use v5.36;
use NeutronLab::Json;
use NeutronLab::Netlink;

my ($AF_INET, $AF_INET6, $AF_BRIDGE) = (2, 10, 7);
my ($RTM_GETROUTE, $RTM_GETNEIGH, $MAIN, $RTM_F_CLONED) = (26, 30, 254, 0x200);
my ($IFLA_EXT_MASK, $SKIP_STATISTICS) = (29, 1 << 3);
my ($IFF_UP, $IFF_RUNNING, $IFA_F_PERMANENT) = (0x1, 0x40, 0x80);
# In the order of ip(8) (print_link_flags of iproute2's ip/ipaddress.c).
my @FLAGS = (
    [ LOOPBACK => 0x8 ], [ BROADCAST => 0x2 ], [ POINTOPOINT => 0x10 ], [ MULTICAST => 0x1000 ], [ NOARP => 0x80 ],
    [ ALLMULTI => 0x200 ], [ PROMISC => 0x100 ], [ UP => 0x1 ], [ LOWER_UP => 0x10000 ],
);
my @OPERSTATES = qw(UNKNOWN NOTPRESENT DOWN LOWERLAYERDOWN TESTING DORMANT UP);
my @TYPES      = qw(none unicast local broadcast anycast multicast blackhole unreachable prohibit throw nat);
my %SCOPES     = (0 => 'global', 200 => 'site', 253 => 'link', 254 => 'host', 255 => 'nowhere');
my %PROTOCOLS  = (0 => 'unspec', 1 => 'redirect', 2 => 'kernel', 3 => 'boot', 4 => 'static', 9 => 'ra', 11 => 'zebra',
    12 => 'bird', 16 => 'dhcp', 18 => 'keepalived', 186 => 'bgp');
my @NEIGHBOURS = ([ 0x80 => 'permanent' ], [ 0x40 => 'static' ], [ 0x04 => 'stale' ]);    # the first that it is

# All of a namespace, by a socket that was opened in it: what `observed` calls addr, route4 and route6, and fdb if wanted;
# of sysctls those of its devices.
sub look {
    my ($socket, $with_fdb) = @_;
    my ($links, $names, $sysctls) = _links($socket);
    return (
        sysctls => $sysctls,
        addr   => $links,
        route4 => _routes($socket, $AF_INET,  $names),
        route6 => _routes($socket, $AF_INET6, $names),
        $with_fdb ? (fdb => _fdb($socket, $names)) : (),
    );
}

sub _links {
    my ($socket) = @_;
    my $request = pack('x16') . pack 'S S L', 8, $IFLA_EXT_MASK, $SKIP_STATISTICS;
    my (@links, %links, %names, %sysctls);
    for my $body (NeutronLab::Netlink::dump($socket, $NeutronLab::Netlink::RTM_GETLINK, $request)) {
        my (undef, undef, undef, $index, $flags) = unpack 'C C S l L', $body;
        my $values = NeutronLab::Netlink::attributes(substr $body, 16);
        $names{$index} = _text($values->{3});
        push @links, $links{$index} = _link($index, $flags, $values);
        _sysctls(\%sysctls, $names{$index}, $values->{26}) if defined $values->{26} && $names{$index} ne 'lo';
    }
    for my $link (@links) {
        $link->{master} = _name(\%names, $link->{master}) if exists $link->{master};
        $link->{link}   = _name(\%names, $link->{link})   if exists $link->{link};
    }
    for my $body (NeutronLab::Netlink::dump($socket, $NeutronLab::Netlink::RTM_GETADDR, "\0" x 8)) {
        my ($index, $address) = _address($body);
        push @{ $links{$index}{addr_info} }, $address if $links{$index};    # a link may have come in between
    }
    return (\@links, \%names, \%sysctls);
}

# A link tells its part of /proc/sys/net as well (IFLA_AF_SPEC), some thirty times cheaper than those files. The numbers are
# those of linux/ip.h (IPV4_DEVCONF_*, from 1) and linux/ipv6.h (DEVCONF_*, from 0).
sub _sysctls {
    my ($sysctls, $device, $bytes) = @_;
    $device =~ tr{.}{/};    # sysctl(8)
    my $families = NeutronLab::Netlink::attributes($bytes);
    if (defined $families->{$AF_INET}) {
        my $conf = NeutronLab::Netlink::attributes($families->{$AF_INET})->{1} // '';
        $sysctls->{"net.ipv4.conf.$device.rp_filter"} = unpack '@28 l', $conf if length $conf >= 32;
    }
    return if !defined $families->{$AF_INET6};
    my $values = NeutronLab::Netlink::attributes($families->{$AF_INET6});
    my $conf   = $values->{2} // '';
    if (length $conf >= 108) {
        @$sysctls{ map { "net.ipv6.conf.$device.$_" } qw(forwarding accept_ra disable_ipv6) } = unpack 'l @12 l @104 l', $conf;
    }
    $sysctls->{"net.ipv6.conf.$device.addr_gen_mode"} = unpack 'C', $values->{8} if defined $values->{8};
    return;
}

sub _link {
    my ($index, $flags, $values) = @_;
    my %link = (
        ifindex   => _number($index),
        ifname    => _text($values->{3}),
        mtu       => _number(unpack 'L', $values->{4} // "\0" x 4),
        operstate => $OPERSTATES[ unpack 'C', $values->{16} // "\0" ] // 'UNKNOWN',
        flags     => [ ($flags & $IFF_UP && !($flags & $IFF_RUNNING) ? 'NO-CARRIER' : ()),
            map { $_->[0] } grep { $flags & $_->[1] } @FLAGS ],
        addr_info => [],
    );
    $link{address} = _mac($values->{1})          if length($values->{1} // '') == 6;
    $link{ifalias} = _text($values->{20})        if defined $values->{20};
    $link{master}  = unpack 'L', $values->{10}   if defined $values->{10};
    my $other = unpack 'l', $values->{5} // "\0" x 4;
    if ($other && defined $values->{37}) {    # IFLA_LINK_NETNSID: the other end is in another namespace
        @link{qw(link_index link_netnsid)} = (_number($other), _number(unpack 'l', $values->{37}));
    }
    elsif ($other && $other != $index) { $link{link} = $other }
    if (defined $values->{18}) {
        my $info = NeutronLab::Netlink::attributes($values->{18});
        my $kind = _text($info->{1});
        $link{linkinfo} = { info_kind => $kind, $kind eq 'vxlan' ? (info_data => _vxlan($info->{2} // '')) : () };
    }
    return \%link;
}

sub _vxlan {
    my ($data) = @_;
    my $values = NeutronLab::Netlink::attributes($data);
    my $local  = $values->{4} // $values->{17};
    return {
        id   => _number(unpack 'L', $values->{1} // "\0" x 4),
        port => _number(unpack 'n', $values->{15} // "\0" x 2),
        defined $local ? (local => _ip($local)) : (),
    };
}

sub _address {
    my ($body) = @_;
    my ($family, $prefix, $flags, $scope, $index) = unpack 'C C C C L', $body;
    my $values = NeutronLab::Netlink::attributes(substr $body, 8);
    $flags = unpack 'L', $values->{8} if defined $values->{8};
    my %address = (
        family    => $family == $AF_INET ? 'inet' : $family == $AF_INET6 ? 'inet6' : "family $family",
        local     => _ip($values->{2} // $values->{1} // ''),
        prefixlen => _number($prefix),
        scope     => $SCOPES{$scope} // "$scope",
    );
    $address{broadcast} = _ip($values->{4}) if defined $values->{4};
    $address{dynamic}   = NeutronLab::Json::true() if !($flags & $IFA_F_PERMANENT);
    $address{tentative} = NeutronLab::Json::true() if $flags & 0x40;
    $address{dadfailed} = NeutronLab::Json::true() if $flags & 0x08;
    return ($index, \%address);
}

# The main table; of IPv6 with the local routes in it that `ip -6 route show` hides.
sub _routes {
    my ($socket, $family, $names) = @_;
    my @routes;
    for my $body (NeutronLab::Netlink::dump($socket, $RTM_GETROUTE, pack 'C x11', $family)) {
        my ($its, $length, undef, undef, $table, $protocol, $scope, $type, $flags) = unpack 'C8 L', $body;
        next if $its != $family || $table != $MAIN || $flags & $RTM_F_CLONED;
        my $values = NeutronLab::Netlink::attributes(substr $body, 12);
        my %route = (
            type     => $TYPES[$type]         // "$type",
            dst      => _destination($family, $length, $values->{1}),
            protocol => $PROTOCOLS{$protocol} // "$protocol",
            scope    => $SCOPES{$scope}       // "$scope",
            _hop($values, $names, $values->{4}),
        );
        $route{prefsrc} = _ip($values->{7})                     if defined $values->{7};
        $route{metric}  = _number(unpack 'L', $values->{6})     if defined $values->{6};
        $route{nexthops} = _hops($values->{9}, $names)          if defined $values->{9};
        push @routes, \%route;
    }
    return \@routes;
}

sub _destination {
    my ($family, $length, $bytes) = @_;
    return 'default' if !$length;
    my $text = _ip($bytes // "\0" x ($family == $AF_INET ? 4 : 16));
    return $length == ($family == $AF_INET ? 32 : 128) ? $text : "$text/$length";
}

sub _hop {
    my ($values, $names, $device) = @_;
    my %hop;
    $hop{gateway} = _ip($values->{5}) if defined $values->{5};
    if (defined $values->{18}) {    # RTA_VIA: a gateway of the other family
        my $family = unpack 'S', $values->{18};
        $hop{via} = { family => $family == $AF_INET6 ? 'inet6' : 'inet', host => _ip(substr $values->{18}, 2) };
    }
    $hop{dev} = _name($names, unpack 'L', $device) if defined $device;
    return %hop;
}

sub _hops {
    my ($bytes, $names) = @_;
    my @hops;
    my $at = 0;
    while ($at + 8 <= length $bytes) {
        my ($length, undef, $weight) = unpack "\@$at S C C", $bytes;
        last if $length < 8;
        my $values = NeutronLab::Netlink::attributes(substr $bytes, $at + 8, $length - 8);
        push @hops, { _hop($values, $names, substr $bytes, $at + 4, 4), weight => _number($weight + 1) };
        $at += ($length + 3) & ~3;
    }
    return \@hops;
}

sub _fdb {
    my ($socket, $names) = @_;
    my @entries;
    for my $body (NeutronLab::Netlink::dump($socket, $RTM_GETNEIGH, pack 'C x15', $AF_BRIDGE)) {
        my ($family, $index, $state) = unpack 'C x3 l S', $body;
        next if $family != $AF_BRIDGE;
        my $values = NeutronLab::Netlink::attributes(substr $body, 12);
        push @entries, {
            mac    => _mac($values->{2} // ''),
            ifname => _name($names, $index),
            state  => (map({ $_->[1] } grep { $state & $_->[0] } @NEIGHBOURS), '')[0],
            defined $values->{1} ? (dst    => _ip($values->{1}))                         : (),
            defined $values->{9} ? (master => _name($names, unpack 'L', $values->{9})) : (),
        };
    }
    return \@entries;
}

sub _number { return NeutronLab::Json::number($_[0]) }
sub _mac    { return join ':', unpack '(H2)*', $_[0] }
sub _name   { return $_[0]{ $_[1] } // "if$_[1]" }
sub _text   { return unpack 'Z*', $_[0] // '' }
sub _ip     { return length $_[0] == 4 ? join '.', unpack 'C4', $_[0] : NeutronLab::Netlink::ipv6($_[0]) }

1;
