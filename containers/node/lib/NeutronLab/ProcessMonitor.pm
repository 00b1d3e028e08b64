package NeutronLab::ProcessMonitor;

# The processes that the L3 agent starts, and its monitor that respawns what died (neutron/agent/linux/external_process.py).

use v5.36;
use NeutronLab::AgentLog;
use NeutronLab::Files;
use NeutronLab::Processes;
use NeutronLab::Settings;

our $CHILDREN = '/var/lib/neutron-lab/children';

sub new {
    my ($class, $loop) = @_;
    return bless { loop => $loop, starting => {}, interval => 0 }, $class;
}

# Looks from now on as the agent's settings say: every `check_child_processes_interval` seconds, 0 is never.
sub configure {
    my ($self, $config) = @_;
    my $interval = $config->{check_child_processes_interval} // 60;
    $self->{interval} = $interval =~ /\A[0-9]{1,6}(?:\.[0-9]+)?\z/ ? $interval : 60;
    $self->{exits}    = ($config->{check_child_processes_action} // 'respawn') eq 'exit';
    $self->{loop}->cancel($self->{timer});
    $self->_schedule;
    return;
}

# Starts a process whose pid file will tell of it; one that is starting is not started twice.
sub start {
    my ($self, $pid_file, $daemonizes, $namespace, @argv) = @_;
    return if $self->{starting}{$pid_file};
    require NeutronLab::Child;
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
                NeutronLab::AgentLog::say("$argv[0] ended with $code: $stderr") if $code;
            },
            argv => \@argv, namespace => $namespace, keep_files => 1, timeout => 30,
        );
        1;
    };
    return if $started;
    delete $self->{starting}{$pid_file};
    NeutronLab::AgentLog::say("$argv[0]: $@");
    return;
}

sub _schedule {
    my ($self) = @_;
    return if $self->{interval} <= 0;
    $self->{timer} = $self->{loop}->after($self->{interval}, sub { $self->_look; $self->_schedule });
    return;
}

sub _look {
    my ($self) = @_;
    NeutronLab::Files::bound_logs();
    opendir my $directory, $CHILDREN or return;
    for my $name (grep { !/^\./ } sort readdir $directory) {
        my $child = NeutronLab::Settings::child("$CHILDREN/$name") // next;
        next if NeutronLab::Processes::of_pid_file($child->{pidfile});
        NeutronLab::AgentLog::say("$child->{argv}[0] of $name died; the process will be respawned or the agent exit");
        exit 1 if $self->{exits};
        $self->start($child->{pidfile}, $child->{daemonizes}, $child->{namespace}, @{ $child->{argv} });
    }
    return;
}

1;
