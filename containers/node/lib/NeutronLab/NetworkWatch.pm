package NeutronLab::NetworkWatch;

# Addresses, links, advertisements and gratuitous ARPs of all namespaces of the node, as they change.

use v5.36;
use NeutronLab::Loop;
use NeutronLab::NamespaceWatch;
use NeutronLab::Netlink;
use NeutronLab::PacketTap;

# kinds: addresses, links, adverts, arp. tell: called with a type and its names and values.
sub new {
    my ($class, $loop, $tell, %kinds) = @_;
    my $self = bless { loop => $loop, tell => $tell, kinds => \%kinds, places => {} }, $class;
    $self->{silent} = 1;    # what is there at the start is not news
    $self->_open('');
    $self->{namespaces} = NeutronLab::NamespaceWatch->new(
        $loop,
        on_add    => sub { $self->_open($_[0]) },
        on_remove => sub { $self->_close($_[0]) },
    );
    $self->{silent} = 0;
    return $self;
}

sub close {
    my ($self) = @_;
    $self->{namespaces}->close;
    $self->_close($_) for keys %{ $self->{places} };
    return;
}

sub _open {
    my ($self, $name) = @_;
    my $groups = $NeutronLab::Netlink::GROUP_LINK;
    $groups |= $NeutronLab::Netlink::GROUP_IPV4 | $NeutronLab::Netlink::GROUP_IPV6 if $self->{kinds}{addresses};
    my $socket = NeutronLab::Netlink::open_in($name, $groups);
    my $place  = { name => $name, socket => $socket, links => {}, addresses => {} };
    my $router = $name =~ /^qrouter-/ ? 1 : 0;
    my %wanted = (
        adverts => $self->{kinds}{adverts} && $router,
        arp     => $self->{kinds}{arp} && ($router || $name eq ''),
    );
    if ($wanted{adverts} || $wanted{arp}) {
        my $tap = $place->{tap} = NeutronLab::PacketTap::open_in($name, %wanted);
        $self->{loop}->on_readable(fileno $tap, sub { $self->_packets($place) });
    }
    $self->{places}{$name} = $place;
    $self->{loop}->on_readable(fileno $socket, sub { $self->_events($place) });
    $self->_resync($place);
    return;
}

# What is known of a namespace that goes is not told bit by bit: the kernel tells nobody either.
sub _close {
    my ($self, $name) = @_;
    my $place = delete $self->{places}{$name} or return;
    for my $handle (grep { defined } @$place{qw(socket tap)}) {
        $self->{loop}->forget_readable(fileno $handle);
        CORE::close $handle;
    }
    return;
}

# Asks the kernel for everything and tells what differs from what is known.
sub _resync {
    my ($self, $place) = @_;
    my %before = map { $_ => 1 } keys %{ $place->{addresses} };
    my %links  = map { $_ => 1 } keys %{ $place->{links} };
    for my $type ($NeutronLab::Netlink::RTM_GETLINK, $self->{kinds}{addresses} ? $NeutronLab::Netlink::RTM_GETADDR : ()) {
        NeutronLab::Netlink::request_dump($place->{socket}, $type);
        for my $message (NeutronLab::Netlink::receive($place->{socket})) {
            delete $before{"$message->{index} $message->{address}"} if $message->{kind} eq 'address';
            delete $links{ $message->{index} }                      if $message->{kind} eq 'link';
            $self->_handle($place, $message);
        }
    }
    if ($self->{kinds}{addresses}) {
        for (keys %before) {
            my ($index, $address) = split ' ';
            $self->_handle($place, { kind => 'address', gone => 1, index => $index, address => $address });
        }
    }
    $self->_handle($place, { kind => 'link', gone => 1, index => $_ }) for keys %links;
    return;
}

sub _events {
    my ($self, $place) = @_;
    my $overrun;
    for my $message (NeutronLab::Netlink::receive($place->{socket})) {
        $overrun ||= $message->{kind} eq 'overrun';
        $self->_handle($place, $message);
    }
    $self->_resync($place) if $overrun;
    return;
}

sub _handle {
    my ($self, $place, $message) = @_;
    if    ($message->{kind} eq 'address') { $self->_address($place, $message) }
    elsif ($message->{kind} eq 'link')    { $self->_link($place, $message) }
    return;
}

sub _tell {
    my ($self, $type, @values) = @_;
    $self->{tell}->($type, @values) if !$self->{silent};
    return;
}

sub _address {
    my ($self, $place, $message) = @_;
    my $key   = "$message->{index} $message->{address}";
    my $known = exists $place->{addresses}{$key};
    return if $message->{gone} ? !$known : $known;    # a change of its lifetime or flags
    if   ($message->{gone}) { delete $place->{addresses}{$key} }
    else                    { $place->{addresses}{$key} = 1 }
    my $link = $place->{links}{ $message->{index} };
    $self->_tell('address', namespace => $place->{name}, device => $link ? $link->{name} : "if$message->{index}",
        address => $message->{address}, action => $message->{gone} ? 'del' : 'add');
    return;
}

sub _link {
    my ($self, $place, $message) = @_;
    my $links = $place->{links};
    my $known = $links->{ $message->{index} };
    my @actions;
    if ($message->{gone}) {
        return if !$known;
        delete $links->{ $message->{index} };
        @actions = ('del');
    }
    else {
        push @actions, 'add' if !$known;
        push @actions, $message->{up} ? 'up' : 'down' if $known ? $known->{up} != $message->{up} : $message->{up};
        $links->{ $message->{index} } = { name => $message->{name}, up => $message->{up} };
    }
    return if !$self->{kinds}{links};
    my $device = $message->{gone} ? $known->{name} : $message->{name};
    $self->_tell('link', namespace => $place->{name}, device => $device, action => $_) for @actions;
    return;
}

sub _packets {
    my ($self, $place) = @_;
    for my $packet (NeutronLab::PacketTap::receive($place->{tap})) {
        my $link   = $place->{links}{ $packet->{index} };
        my $device = $link ? $link->{name} : "if$packet->{index}";
        my @where  = (namespace => $place->{name}, device => $device,
            direction => $packet->{outgoing} ? 'out' : 'in');
        if ($packet->{kind} eq 'advert') {
            $self->_tell('advert', @where, source => $packet->{source},
                (map { $_ => NeutronLab::Json::number($packet->{$_}) } qw(vrid priority version interval)),
                addresses => $packet->{addresses});
        }
        else {
            # In the root namespace a frame passes a bridge and its ports: it is told once.
            next if $place->{name} eq '' && !-d "/sys/class/net/$device/bridge";
            $self->_tell('arp', @where, operation => NeutronLab::Json::number($packet->{operation}),
                (map { $_ => $packet->{$_} } qw(sender_ip sender_mac target_ip))) if $packet->{kind} eq 'arp';
            $self->_tell('na', @where, map { $_ => $packet->{$_} } qw(target_ip target_mac)) if $packet->{kind} eq 'na';
        }
    }
    return;
}

1;
