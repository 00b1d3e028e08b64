package NeutronLab::L3Agent;

# What the L3 agent does when a replica of an HA router changes its role (neutron/agent/l3/ha.py, _enqueue_state_change), for
# all routers of a node. Modules that only some routers need are loaded when one does: every node pays for what is here.

use v5.36;
use NeutronLab::AgentLog;
use NeutronLab::Files;
use NeutronLab::Loop;
use NeutronLab::Namespace;
use NeutronLab::NamespaceWatch;
use NeutronLab::ProcessMonitor;
use NeutronLab::Processes;
use NeutronLab::Settings;
use NeutronLab::StateChange;

our $ROUTERS = '/var/lib/neutron-lab/l3';

# With a pid file it goes to the background once it follows what is there: only then does it run on what it will use, and
# whoever waits for the pid file knows that it listens.
sub main {
    my ($pid_file) = @_;
    my $loop = NeutronLab::Loop->new;
    my $self = bless { loop => $loop, routers => {}, children => NeutronLab::ProcessMonitor->new($loop) }, __PACKAGE__;
    $SIG{PIPE} = 'IGNORE';
    pipe my $read, my $write or die "pipe: $!\n";
    $SIG{HUP} = sub { syswrite $write, 'h' };
    $SIG{$_} = sub { exit 0 } for qw(TERM INT);
    $loop->on_readable(fileno $read, sub { sysread $read, my $bytes, 64; $self->_reload });
    $self->_reload;
    $self->{namespaces} = NeutronLab::NamespaceWatch->new(
        $loop,
        on_add    => sub { my ($name) = @_; $_->{replica}->follow for $self->_in($name) },
        on_remove => sub { my ($name) = @_; $_->{replica}->close for $self->_in($name) },
    );
    NeutronLab::Processes::to_background($pid_file) if defined $pid_file;
    # Whatever goes wrong with one router, the others are looked after.
    until (eval { $loop->run; 1 }) { NeutronLab::AgentLog::say("error: $@") }
    return;
}

sub _in {
    my ($self, $namespace) = @_;
    return grep { $_->{settings}{namespace} eq $namespace } values %{ $self->{routers} };
}

# Reads all files again; routers that are new, gone or changed are opened, closed or both.
sub _reload {
    my ($self) = @_;
    my %there;
    my @names;
    if (opendir my $directory, $ROUTERS) { @names = readdir $directory }
    for my $id (grep { !/^\./ && $_ ne 'config' } @names) {
        my $settings = NeutronLab::Settings::router("$ROUTERS/$id") // next;
        $there{$id} = $settings;
    }
    my $routers = $self->{routers};
    for my $id (keys %$routers) {
        my ($router, $new) = ($routers->{$id}, $there{$id});
        if (!$new || _identity($new) ne _identity($router->{settings})) {
            $router->{replica}->close;
            $self->{loop}->cancel($router->{pending});
            delete $routers->{$id};
            next;
        }
        # In place: the replica looks at them too.
        %{ $router->{settings} } = %$new;
        my $before = $router->{text};
        $router->{text} = _text($new);
        # A gateway that came or an RA that begins: the role's reactions, with what is true now.
        $self->_react($router) if defined $router->{replica}->role && $before ne $router->{text};
    }
    $self->_add($_, $there{$_}) for grep { !$routers->{$_} } sort keys %there;
    $self->{children}->configure(NeutronLab::Settings::values("$ROUTERS/config"));
    return;
}

sub _add {
    my ($self, $id, $settings) = @_;
    my $router = $self->{routers}{$id} = { id => $id, settings => $settings, text => _text($settings) };
    $router->{replica} = NeutronLab::StateChange->new($self->{loop}, $id, $settings, sub { $self->_changed($router, @_) });
    eval { $router->{replica}->follow };    # its namespace may come later
    return;
}

# What makes it another replica.
sub _identity {
    my ($settings) = @_;
    return join "\0", map { $settings->{$_} // '' } qw(namespace ha_device primary_vip);
}

# All that a router's reactions depend upon, also what its radvd is to read.
sub _text {
    my ($settings) = @_;
    my $radvd = $settings->{radvd_source};
    return join "\0", (map { "$_ $settings->{$_}" } sort keys %$settings),
        defined $radvd ? NeutronLab::Files::slurp($radvd) // '' : ();
}

sub _changed {
    my ($self, $router, $role, $before) = @_;
    # Without a wait: each moment costs connections.
    if (defined $before && defined $router->{settings}{conntrackd}) {
        require NeutronLab::Conntrackd;
        NeutronLab::Conntrackd::follow($self->{loop}, $router->{settings}{conntrackd}, $role);
    }
    $self->{loop}->cancel(delete $router->{pending});
    my $wait  = $router->{settings}{advert_int} // 2;
    my $waits = $router->{settings}{primary_waits} // '';
    if ($role eq 'primary' && $waits ne 'never' && (defined $before || $waits eq 'always')) {
        $self->_later($router, $wait);
        return;
    }
    # What the agent last acted upon is what it is again: it flipped there and back meanwhile.
    $self->_later($router, 0) if ($router->{acted} // '') ne $role || !defined $before;
    return;
}

# From the loop: what is started by then is a child of the process that goes on.
sub _later {
    my ($self, $router, $seconds) = @_;
    $router->{pending} = $self->{loop}->after($seconds, sub { delete $router->{pending}; $self->_react($router) });
    return;
}

sub _react {
    my ($self, $router) = @_;
    return if $router->{pending};
    my $settings = $router->{settings};
    my $role     = $router->{replica}->role // return;
    $router->{acted} = $role;
    my $primary = $role eq 'primary';
    NeutronLab::AgentLog::say("Router $router->{id} transitioned to " . $router->{replica}->word($role));
    eval { _forward($settings, $primary); 1 } or NeutronLab::AgentLog::say("Router $router->{id}: $@");
    return if !defined $settings->{radvd_conf} || !defined $settings->{radvd_pid};
    require NeutronLab::Radvd;
    $primary ? NeutronLab::Radvd::start($settings, $self->{children}) : NeutronLab::Radvd::stop($settings);
    return;
}

sub _forward {
    my ($settings, $primary) = @_;
    NeutronLab::Namespace::within(
        $settings->{namespace},
        sub {
            my $ipv6 = '/proc/sys/net/ipv6/conf';
            _set("$ipv6/all/forwarding", 1) if $primary;    # never back: Neutron does not either
            my $gateway = $settings->{gateway_device} // return;
            _set("$ipv6/$gateway/accept_ra", $primary ? $settings->{gateway_accept_ra} // 0 : 0);
            _set("$ipv6/$gateway/forwarding", $primary ? 1 : 0);
        }
    );
    return;
}

sub _set {
    my ($path, $value) = @_;
    eval { NeutronLab::Files::poke($path, "$value\n"); 1 } or NeutronLab::AgentLog::say($@) if -e $path;
    return;
}

1;
