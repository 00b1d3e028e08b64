package NeutronLab::StateChange;

# What neutron-keepalived-state-change does for one replica of an HA router: follows the addresses of its namespace and writes
# the role that they mean to its state file (neutron/agent/l3/keepalived_state_change.py).

use v5.36;
use NeutronLab::AgentLog;
use NeutronLab::Files;
use NeutronLab::Netlink;

# Calls $on_role with the role, `primary` or `backup`, and the one before, undef at first.
sub new {
    my ($class, $loop, $id, $settings, $on_role) = @_;
    return bless { loop => $loop, id => $id, settings => $settings, on_role => $on_role }, $class;
}

# Undef while it has no namespace.
sub role { return $_[0]{role} }

# The word that the release of Neutron has for a role.
sub word {
    my ($self, $role) = @_;
    return $role eq 'primary' ? $self->{settings}{state_primary} // $role : $role;
}

# From now on; the first role is what the addresses say. Dies while there is no namespace.
sub follow {
    my ($self) = @_;
    return if $self->{socket};
    my $socket = $self->{socket} = NeutronLab::Netlink::open_in($self->{settings}{namespace},
        $NeutronLab::Netlink::GROUP_LINK | $NeutronLab::Netlink::GROUP_IPV4);
    $self->{names} = {};
    $self->{loop}->on_readable(fileno $socket, sub { $self->_events });
    $self->_ask;
    return;
}

# Lets go of the namespace.
sub close {
    my ($self) = @_;
    my $socket = delete $self->{socket} or return;
    $self->{loop}->forget_readable(fileno $socket);
    CORE::close $socket;
    delete $self->{role};
    return;
}

sub _ask {
    my ($self) = @_;
    $self->{has} = {};
    for my $type ($NeutronLab::Netlink::RTM_GETLINK, $NeutronLab::Netlink::RTM_GETADDR) {
        NeutronLab::Netlink::request_dump($self->{socket}, $type);
        $self->_note($_) for NeutronLab::Netlink::receive($self->{socket});
    }
    $self->_role;
    return;
}

sub _events {
    my ($self) = @_;
    my $overrun;
    # Each message on its own: an address that came and went in one burst is two changes.
    for my $message (NeutronLab::Netlink::receive($self->{socket})) {
        $overrun ||= $message->{kind} eq 'overrun';
        $self->_note($message);
        next if $message->{kind} ne 'address';
        $self->_role;
        $self->_announce($message);
    }
    $self->_ask if $overrun;
    return;
}

sub _note {
    my ($self, $message) = @_;
    if ($message->{kind} eq 'link') {
        if   ($message->{gone}) { delete $self->{names}{ $message->{index} } }
        else                    { $self->{names}{ $message->{index} } = $message->{name} }
    }
    elsif ($message->{kind} eq 'address' && $message->{address} eq $self->{settings}{primary_vip}) {
        if   ($message->{gone}) { delete $self->{has}{ $message->{index} } }
        else                    { $self->{has}{ $message->{index} } = 1 }
    }
    return;
}

# A new address outside the HA device, where the release's monitor announces those.
sub _announce {
    my ($self, $message) = @_;
    my $settings = $self->{settings};
    return if ($settings->{announces} // '') ne 'all' || $message->{gone};
    my $device = $self->{names}{ $message->{index} } // return;
    return if $device eq 'lo' || $device eq $settings->{ha_device};
    require NeutronLab::Announce;
    NeutronLab::Announce::address($self->{loop}, $settings->{namespace}, $device, $message->{address} =~ s{/.*}{}r);
    return;
}

# Writes the state when it is another one, and tells.
sub _role {
    my ($self) = @_;
    my $device = $self->{settings}{ha_device};
    my $role   = (grep { ($self->{names}{$_} // '') eq $device } keys %{ $self->{has} }) ? 'primary' : 'backup';
    my $before = $self->{role};
    return if defined $before && $before eq $role;
    $self->{role} = $role;
    my $word = $self->word($role);
    eval { _write($self->{settings}{state_file}, $word); 1 } or NeutronLab::AgentLog::say("Router $self->{id}: $@");
    NeutronLab::AgentLog::say(
        defined $before ? "Wrote router $self->{id} state $word" : "Initial status of router $self->{id} is $word");
    $self->{on_role}->($role, $before);
    return;
}

sub _write {
    my ($path, $word) = @_;
    NeutronLab::Files::make_directories(NeutronLab::Files::parent($path));
    my $mask = umask 0;
    my $file;
    my $opened = open $file, '>', $path;
    umask $mask;
    die "$path: $!\n" if !$opened;
    chmod 0666, $file;
    syswrite $file, $word;
    return;
}

1;
