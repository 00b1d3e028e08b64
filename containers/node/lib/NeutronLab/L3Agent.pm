package NeutronLab::L3Agent;

# What neutron-keepalived-state-change and the L3 agent do when a replica of an HA router changes its role, and what the
# agent's process monitor does. Sources: neutron/agent/l3/keepalived_state_change.py, neutron/agent/l3/ha.py
# (_enqueue_state_change), neutron/agent/linux/external_process.py.

use v5.36;
use NeutronLab::Announce;
use NeutronLab::Child;
use NeutronLab::Files;
use NeutronLab::Loop;
use NeutronLab::Namespace;
use NeutronLab::NamespaceWatch;
use NeutronLab::Netlink;
use NeutronLab::Processes;
use NeutronLab::Settings;

our $ROUTERS  = '/var/lib/neutron-lab/l3';
our $CHILDREN = '/var/lib/neutron-lab/children';
our $LOG      = '/var/log/neutron/neutron-l3-agent.log';

sub main {
    my $self = bless { loop => NeutronLab::Loop->new, routers => {}, starting => {} }, __PACKAGE__;
    $SIG{PIPE} = 'IGNORE';
    pipe my $read, my $write or die "pipe: $!\n";
    $SIG{HUP} = sub { syswrite $write, 'h' };
    $SIG{$_} = sub { exit 0 } for qw(TERM INT);
    $self->{loop}->on_readable(fileno $read, sub { sysread $read, my $bytes, 64; $self->_reload });
    $self->_reload;
    $self->{namespaces} = NeutronLab::NamespaceWatch->new(
        $self->{loop},
        on_add    => sub { my ($name) = @_; $self->_open($_) for $self->_in($name) },
        on_remove => sub { my ($name) = @_; $self->_close($_) for $self->_in($name) },
    );
    # Whatever goes wrong with one router, the others are looked after.
    until (eval { $self->{loop}->run; 1 }) { _log("error: $@") }
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
        my $new = $there{$id};
        if (!$new || join("\0", map { $new->{$_} // '' } qw(namespace ha_device primary_vip))
            ne join("\0", map { $routers->{$id}{settings}{$_} // '' } qw(namespace ha_device primary_vip))) {
            $self->_close($routers->{$id});
            $self->{loop}->cancel($routers->{$id}{pending});
            delete $routers->{$id};
        }
        else {
            my $before = $routers->{$id}{text};
            $routers->{$id}{settings} = $new;
            $routers->{$id}{text}     = _text($new);
            # A gateway that came or an RA that begins: the role's reactions, with what is true now.
            $self->_react($routers->{$id}) if defined $routers->{$id}{role} && $before ne $routers->{$id}{text};
        }
    }
    for my $id (grep { !$routers->{$_} } sort keys %there) {
        my $router = $routers->{$id} = { id => $id, settings => $there{$id} };
        $router->{text} = _text($there{$id});
        eval { $self->_open($router) };    # its namespace may come later
    }
    my $config = NeutronLab::Settings::values("$ROUTERS/config");
    my $interval = $config->{check_child_processes_interval} // 60;
    $self->{interval} = $interval =~ /\A[0-9]{1,6}(?:\.[0-9]+)?\z/ ? $interval : 60;
    $self->{exits}    = ($config->{check_child_processes_action} // 'respawn') eq 'exit';
    $self->{loop}->cancel($self->{monitor});
    $self->_schedule_monitor;
    return;
}

# All that a router's reactions depend upon, also what its radvd is to read.
sub _text {
    my ($settings) = @_;
    my $radvd = $settings->{radvd_source};
    return join "\0", (map { "$_ $settings->{$_}" } sort keys %$settings),
        defined $radvd ? NeutronLab::Files::slurp($radvd) // '' : ();
}

# Follows the addresses of its namespace; the first role is what the addresses say. Dies while it has no namespace.
sub _open {
    my ($self, $router) = @_;
    return if $router->{socket};
    my $socket = NeutronLab::Netlink::open_in($router->{settings}{namespace},
        $NeutronLab::Netlink::GROUP_LINK | $NeutronLab::Netlink::GROUP_IPV4);
    $router->{socket} = $socket;
    $router->{names}  = {};
    $router->{has}    = {};
    $self->{loop}->on_readable(fileno $socket, sub { $self->_events($router) });
    $self->_ask($router);
    return;
}

sub _ask {
    my ($self, $router) = @_;
    $router->{has} = {};
    for my $type ($NeutronLab::Netlink::RTM_GETLINK, $NeutronLab::Netlink::RTM_GETADDR) {
        NeutronLab::Netlink::request_dump($router->{socket}, $type);
        $self->_note($router, $_) for NeutronLab::Netlink::receive($router->{socket});
    }
    $self->_role($router);
    return;
}

sub _close {
    my ($self, $router) = @_;
    my $socket = delete $router->{socket} or return;
    $self->{loop}->forget_readable(fileno $socket);
    close $socket;
    delete $router->{role};
    return;
}

sub _events {
    my ($self, $router) = @_;
    my $overrun;
    # Each message on its own: an address that came and went in one burst is two changes.
    for my $message (NeutronLab::Netlink::receive($router->{socket})) {
        $overrun ||= $message->{kind} eq 'overrun';
        $self->_note($router, $message);
        next if $message->{kind} ne 'address';
        $self->_role($router);
        _announce($router, $self->{loop}, $message);
    }
    $self->_ask($router) if $overrun;
    return;
}

sub _note {
    my ($self, $router, $message) = @_;
    if ($message->{kind} eq 'link') {
        if   ($message->{gone}) { delete $router->{names}{ $message->{index} } }
        else                    { $router->{names}{ $message->{index} } = $message->{name} }
    }
    elsif ($message->{kind} eq 'address' && $message->{address} eq $router->{settings}{primary_vip}) {
        if   ($message->{gone}) { delete $router->{has}{ $message->{index} } }
        else                    { $router->{has}{ $message->{index} } = 1 }
    }
    return;
}

# A new address outside the HA device, where the release's monitor announces those.
sub _announce {
    my ($router, $loop, $message) = @_;
    my $settings = $router->{settings};
    return if ($settings->{announces} // '') ne 'all' || $message->{gone};
    my $device = $router->{names}{ $message->{index} } // return;
    return if $device eq 'lo' || $device eq $settings->{ha_device};
    NeutronLab::Announce::address($loop, $settings->{namespace}, $device, $message->{address} =~ s{/.*}{}r);
    return;
}

# The word that the release of Neutron has for a role.
sub _word {
    my ($router, $role) = @_;
    return $role eq 'primary' ? $router->{settings}{state_primary} // $role : $role;
}

# Writes the state when it is another one, and lets the agent react.
sub _role {
    my ($self, $router) = @_;
    my $device = $router->{settings}{ha_device};
    my $role   = (grep { ($router->{names}{$_} // '') eq $device } keys %{ $router->{has} }) ? 'primary' : 'backup';
    my $before = $router->{role};
    return if defined $before && $before eq $role;
    $router->{role} = $role;
    my $word = _word($router, $role);
    eval { _write_state($router->{settings}{state_file}, $word); 1 } or _log("Router $router->{id}: $@");
    _log(defined $before ? "Wrote router $router->{id} state $word" : "Initial status of router $router->{id} is $word");

    $self->{loop}->cancel(delete $router->{pending});
    my $wait  = $router->{settings}{advert_int} // 2;
    my $waits = $router->{settings}{primary_waits} // '';
    if ($role eq 'primary' && $waits ne 'never' && (defined $before || $waits eq 'always')) {
        $router->{pending} = $self->{loop}->after($wait, sub { delete $router->{pending}; $self->_react($router) });
        return;
    }
    # What the agent last acted upon is what it is again: it flipped there and back meanwhile.
    $self->_react($router) if ($router->{acted} // '') ne $role || !defined $before;
    return;
}

sub _write_state {
    my ($path, $role) = @_;
    NeutronLab::Files::make_directories(NeutronLab::Files::parent($path));
    my $mask = umask 0;
    my $file;
    my $opened = open $file, '>', $path;
    umask $mask;
    die "$path: $!\n" if !$opened;
    chmod 0666, $file;
    syswrite $file, $role;
    return;
}

sub _react {
    my ($self, $router) = @_;
    return if $router->{pending};
    my $settings = $router->{settings};
    my $role     = $router->{role} // return;
    $router->{acted} = $role;
    my $primary = $role eq 'primary';
    _log("Router $router->{id} transitioned to " . _word($router, $role));

    eval {
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
        1;
    } or _log("Router $router->{id}: $@");
    $self->_radvd($router, $primary) if defined $settings->{radvd_conf} && defined $settings->{radvd_pid};
    return;
}

sub _set {
    my ($path, $value) = @_;
    eval { NeutronLab::Files::poke($path, "$value\n"); 1 } or _log($@) if -e $path;
    return;
}

# Ended by KILL, as Neutron does: radvd that gets TERM would tell the hosts that their router is gone.
sub _radvd {
    my ($self, $router, $wanted) = @_;
    my ($conf, $pid_file, $source) = @{ $router->{settings} }{qw(radvd_conf radvd_pid radvd_source)};
    my $pid = NeutronLab::Processes::of_pid_file($pid_file);
    undef $pid if $pid && !NeutronLab::Processes::is($pid, 'radvd');
    if (!$wanted) {
        kill KILL => $pid if $pid;
        unlink $pid_file;
        unlink $conf if defined $source;
        return;
    }
    my $text = defined $source ? NeutronLab::Files::slurp($source) : undef;
    if (defined $text && $text ne (NeutronLab::Files::slurp($conf) // '')) {
        # radvd wants its file without write permission for group and others.
        eval { NeutronLab::Files::replace($conf, 0444, $text); 1 } or _log($@);
        kill HUP => $pid if $pid;
    }
    return if $pid;
    my @argv = ('radvd', '-C', $conf, '-p', $pid_file, '-m', 'syslog', '-u', 'neutron');
    @argv = split /\0/, $router->{settings}{radvd_arguments} if defined $router->{settings}{radvd_arguments};
    $self->_start($pid_file, 1, $router->{settings}{namespace}, @argv);
    return;
}

sub _start {
    my ($self, $pid_file, $daemonizes, $namespace, @argv) = @_;
    return if $self->{starting}{$pid_file};
    my $started = eval {
        NeutronLab::Files::make_directories(NeutronLab::Files::parent($pid_file));
        NeutronLab::Processes::clear($pid_file, \@argv);
        if (!$daemonizes) {
            NeutronLab::Processes::detach($pid_file, argv => \@argv, namespace => $namespace);
            return 1;
        }
        $self->{starting}{$pid_file} = 1;
        NeutronLab::Child::start(
            $self->{loop},
            sub {
                my ($code, undef, $stderr) = @_;
                delete $self->{starting}{$pid_file};
                _log("$argv[0] ended with $code: $stderr") if $code;
            },
            argv => \@argv, namespace => $namespace, keep_files => 1, timeout => 30,
        );
        1;
    };
    _log("$argv[0]: $@") if !$started;
    return;
}

sub _schedule_monitor {
    my ($self) = @_;
    return if $self->{interval} <= 0;    # 0 turns it off, as in Neutron
    $self->{monitor} = $self->{loop}->after($self->{interval}, sub { $self->_look_after_children; $self->_schedule_monitor });
    return;
}

sub _look_after_children {
    my ($self) = @_;
    opendir my $directory, $CHILDREN or return;
    for my $name (grep { !/^\./ } sort readdir $directory) {
        my $child = NeutronLab::Settings::child("$CHILDREN/$name") // next;
        next if NeutronLab::Processes::of_pid_file($child->{pidfile});
        _log("$child->{argv}[0] of $name died; the process will be respawned or the agent exit");
        exit 1 if $self->{exits};
        $self->_start($child->{pidfile}, $child->{daemonizes}, $child->{namespace}, @{ $child->{argv} });
    }
    return;
}

# As oslo.log writes it.
sub _log {
    my ($text) = @_;
    $text =~ s/\s+\z//a;
    $text =~ s/[\x00-\x1f\x7f]+/ /g;
    my $time = NeutronLab::Syscall::clock($NeutronLab::Syscall::REALTIME);
    my ($second, $minute, $hour, $day, $month, $year) = gmtime $time;
    my $line = sprintf "%04d-%02d-%02d %02d:%02d:%02d.%03d %d INFO neutron.agent.l3.ha [-] %s\n",
        $year + 1900, $month + 1, $day, $hour, $minute, $second, ($time - int $time) * 1000, $$, $text;
    if (open my $file, '>>', $LOG) { syswrite $file, $line }
    return;
}

1;
