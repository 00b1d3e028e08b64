package NeutronLab::Apply;

# Runs the steps of a plan. Steps of one namespace keep their order. A step of the root namespace waits for all before it
# and all after it wait for it; between two such, the namespaces go on beside one another. After a failure nothing more begins.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Json;
use NeutronLab::Loop;
use NeutronLab::Namespace;
use NeutronLab::Processes;
use NeutronLab::Step;
use NeutronLab::Syscall;

my ($TIMEOUT, $GRACE, $STARTS) = (60, 5, 5);    # seconds
my $LOG_SIZE = 32 << 20;                          # bytes; then a new one begins
our $LOG = '/var/log/neutron-lab/commands.jsonl';

# Calls $tell with the name and values of each line, `applied` last.
sub new {
    my ($class, $loop, $pool, $steps, $tell) = @_;
    my $self = bless { loop => $loop, pool => $pool, tell => $tell, ran => 0, failed => undef }, $class;
    $self->{waves} = _waves($steps);
    rename $LOG, "$LOG.1" if (-s $LOG // 0) > $LOG_SIZE;
    return $self;
}

# Units that share a process, in chains by namespace, in waves.
sub _waves {
    my ($steps) = @_;
    my (@waves, $wave);
    for my $step (@$steps) {
        my $root = $step->{namespace} eq '' ? 1 : 0;
        my $free = $root && $step->{type} eq 'write';    # a file that is written waits for nobody
        if (!$wave || (!$free && defined $wave->{root} && $wave->{root} != $root)) {
            push @waves, $wave = { chains => {}, order => [] };
        }
        $wave->{root} //= $root if !$free;
        my $key   = $free && !$wave->{root} ? "\0" : $step->{namespace};
        my $chain = $wave->{chains}{$key} //= do { push @{ $wave->{order} }, $key; [] };
        my $last  = $chain->[-1];
        my $batch = _batch($step);
        if ($last && defined $batch && ($last->{batch} // '') eq $batch) { push @{ $last->{steps} }, $step }
        else                                                             { push @$chain, { batch => $batch, steps => [$step] } }
    }
    return \@waves;
}

sub _batch {
    my ($step) = @_;
    my $batch = $step->{batch} or return undef;
    return join "\0", $batch->{tool}, $batch->{namespace} // $step->{namespace}, $batch->{family};
}

sub run {
    my ($self) = @_;
    my $wave = !defined $self->{failed} && shift @{ $self->{waves} };
    if (!$wave) {
        $self->{tell}->('applied', ran => NeutronLab::Json::number($self->{ran}),
            failed => defined $self->{failed} ? NeutronLab::Json::number($self->{failed}) : undef);
        return;
    }
    # Files that no chain owns come first: a process of the same wave may read them.
    my @chains = map { $wave->{chains}{$_} } sort { ($b eq "\0") <=> ($a eq "\0") } @{ $wave->{order} };
    my $open   = @chains;
    for my $chain (@chains) {
        $self->_chain($chain, sub { $self->run if --$open == 0 });
    }
    return;
}

sub _chain {
    my ($self, $chain, $done) = @_;
    # Units that end at once are run in a loop, not in ever deeper calls.
    while (1) {
        my $unit = !defined $self->{failed} && shift @$chain;
        return $done->() if !$unit;
        $unit->{began} = NeutronLab::Loop::now();
        my ($at_once, $later);
        $self->_unit(
            $unit,
            sub {
                $self->_ended($unit, @_);
                $later ? $self->_chain($chain, $done) : ($at_once = 1);
            }
        );
        $later = 1;
        return if !$at_once;
    }
}

# Ends with the count of steps that went well, the code of the next one, and what it said.
sub _unit {
    my ($self, $unit, $end) = @_;
    my $step = $unit->{steps}[0];
    my $type = $step->{type};
    if    (defined $unit->{batch})             { $self->_run_batch($unit, $end) }
    elsif ($type eq 'run' && !$step->{sysctl}) { $self->_run($unit, $end) }
    elsif ($type eq 'spawn' && $step->{daemonizes} eq '1') { $self->_daemon($unit, $end) }
    elsif ($type eq 'signal')                  { $self->_signal($step, $end) }
    else {
        my $done = eval { _native($step); 1 };
        $end->($done ? (1, 0, '') : (0, 1, $@));
    }
    return;
}

sub _native {
    my ($step) = @_;
    my $type = $step->{type};
    if    ($type eq 'write')  { NeutronLab::Files::replace($step->{path}, oct $step->{mode}, $step->{content}) }
    elsif ($type eq 'remove') { NeutronLab::Files::remove($step->{path}) }
    elsif ($type eq 'spawn') {
        NeutronLab::Processes::clear($step->{pid_file}, $step->{argv}) if !NeutronLab::Processes::of_pid_file($step->{pid_file});
        NeutronLab::Processes::detach($step->{pid_file}, argv => $step->{argv}, namespace => $step->{namespace},
            hostname => $step->{hostname} ne '');
    }
    else {
        NeutronLab::Namespace::within($step->{namespace},
            sub { NeutronLab::Files::poke($step->{sysctl}{path}, "$step->{sysctl}{value}\n") });
    }
    return;
}

sub _run_batch {
    my ($self, $unit, $end) = @_;
    my @steps = @{ $unit->{steps} };
    my ($tool, $namespace, $family) = split /\0/, $unit->{batch}, 3;
    # Every namespace begins with its `lo`. Where it does not work, ip(8) says why.
    if (@steps == 1 && $steps[0]{batch}{line} =~ /\Alink set (?:dev )?(\S{1,15}) up\z/) {
        my $device = $1;
        return $end->(1, 0, '') if eval { NeutronLab::Namespace::within($namespace, sub { _set_up($device) }); 1 };
    }
    $self->{pool}->start(
        sub {
            my ($code, undef, $stderr) = @_;
            return $end->(scalar @steps, 0, '') if $code == 0;
            # ip(8) and bridge(8) stop at the first line that fails and say which. Without that, the batch as a whole failed.
            my $went = $stderr =~ s/^Command failed -:([0-9]+)\n?//m ? $1 - 1 : 0;
            $went = $#steps if $went > $#steps;
            $end->($went, $code, $stderr);
        },
        argv      => [ $tool, ($family ne '' ? $family : ()), '-batch', '-' ],
        namespace => $namespace,
        stdin     => join('', map { "$_->{batch}{line}\n" } @steps),
        timeout   => $TIMEOUT,
        on_start  => _clock($unit),
    );
    return;
}

# netdevice(7): AF_INET and SOCK_DGRAM, SIOCGIFFLAGS and SIOCSIFFLAGS, IFF_UP.
sub _set_up {
    my ($device) = @_;
    socket my $socket, 2, 2, 0 or die "socket: $!\n";
    my $request = pack 'a16 s x22', $device, 0;
    ioctl $socket, 0x8913, $request or die "$device: $!\n";
    my $flags = unpack '@16 s', $request;
    $request = pack 'a16 s x22', $device, $flags | 1;
    ioctl $socket, 0x8914, $request or die "$device: $!\n";
    return;
}

# What a step took is told from when its process began, not from when it queued up.
sub _clock {
    my ($unit) = @_;
    return sub { $unit->{began} = NeutronLab::Loop::now() };
}

sub _run {
    my ($self, $unit, $end) = @_;
    my $step = $unit->{steps}[0];
    my @argv = @{ $step->{argv} };
    # unshare(1) keeps a UTS namespace in a file that must be there.
    if ($argv[0] =~ m{(?:^|/)unshare\z} && ($argv[1] // '') =~ m{\A--uts=(\Q$NeutronLab::Namespace::UTS\E/[^/]+)\z} && !-e $1) {
        eval { NeutronLab::Files::replace($1, 0644, ''); 1 } or return $end->(0, 1, $@);
    }
    $self->{pool}->start(
        sub { my ($code, $out, $err) = @_; $end->($code == 0 ? 1 : 0, $code, $err ne '' ? $err : $out) },
        argv => \@argv, namespace => $step->{namespace}, stdin => $step->{stdin}, timeout => $TIMEOUT, on_start => _clock($unit),
    );
    return;
}

# A daemon goes to the background by itself; it is there once its pid file names a process that lives.
sub _daemon {
    my ($self, $unit, $end) = @_;
    my $step     = $unit->{steps}[0];
    my $pid_file = $step->{pid_file};
    eval { NeutronLab::Files::make_directories(NeutronLab::Files::parent($pid_file)); 1 } or return $end->(0, 1, $@);
    NeutronLab::Processes::clear($pid_file, $step->{argv}) if !NeutronLab::Processes::of_pid_file($pid_file);
    $self->{pool}->start(
        sub {
            my ($code, $out, $err) = @_;
            return $end->(0, $code, $err ne '' ? $err : $out) if $code != 0;
            my $until = NeutronLab::Loop::now() + $STARTS;
            my $look;
            $look = sub {
                my $there = NeutronLab::Processes::of_pid_file($pid_file);
                if (!$there && NeutronLab::Loop::now() < $until) {
                    $self->{loop}->after(0.004, $look);
                    return;
                }
                undef $look;
                $end->($there ? (1, 0, '') : (0, 1, "it did not write $pid_file: $err"));
            };
            $look->();
        },
        argv => $step->{argv}, namespace => $step->{namespace}, hostname => $step->{hostname} ne '',
        keep_files => 1, timeout => $TIMEOUT, on_start => _clock($unit),
    );
    return;
}

# TERM is over when the process is; one that does not go in time is killed, as Neutron's agents do.
sub _signal {
    my ($self, $step, $end) = @_;
    my $pid = NeutronLab::Processes::of_pid_file($step->{pid_file});
    my $is  = $pid && NeutronLab::Processes::is($pid, $step->{process});
    my $ends = $step->{signal} =~ /\A(?:TERM|KILL|INT)\z/;
    if (!$is) {
        unlink $step->{pid_file} if $ends;
        return $end->($ends ? (1, 0, '') : (0, 1, "$step->{process} is not running ($step->{pid_file})\n"));
    }
    $step->{pid} = $pid;
    kill($step->{signal} => $pid) or return $end->(0, 1, "cannot signal $step->{process}: $!\n");
    return $end->(1, 0, '') if !$ends;
    my $until = NeutronLab::Loop::now() + $GRACE;
    my $look;
    $look = sub {
        if (NeutronLab::Processes::alive($pid)) {
            kill KILL => $pid if NeutronLab::Loop::now() > $until;
            if (NeutronLab::Loop::now() < $until + 1) {
                $self->{loop}->after(0.005, $look);
                return;
            }
        }
        undef $look;
        unlink $step->{pid_file};
        $end->(1, 0, '');
    };
    $look->();
    return;
}

sub _ended {
    my ($self, $unit, $went, $code, $stderr) = @_;
    my @steps = @{ $unit->{steps} };
    my $ms    = NeutronLab::Json::raw(sprintf '%.1f', (NeutronLab::Loop::now() - $unit->{began}) * 1000 / @steps);
    my $time  = NeutronLab::Syscall::clock($NeutronLab::Syscall::REALTIME);
    my $log   = '';
    for my $i (0 .. $#steps) {
        last if $i > $went;
        my $failed = $i == $went;
        my $number = $steps[$i]{number};
        $self->{tell}->('step', step => NeutronLab::Json::number($number),
            code => NeutronLab::Json::number($failed ? $code : 0), ms => $ms, $failed ? (stderr => $stderr) : ());
        $log .= NeutronLab::Step::log_line($steps[$i], $failed ? $code : 0, $time);
        if ($failed) { $self->{failed} = $number if !defined $self->{failed} || $number < $self->{failed} }
        else         { $self->{ran}++ }
    }
    if (open my $file, '>>', $LOG) { syswrite $file, $log }
    return;
}

1;
