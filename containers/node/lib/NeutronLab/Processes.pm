package NeutronLab::Processes;

# Processes that keep running, as their pid files tell, and how one is started.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Namespace;
use NeutronLab::Syscall;

our @DIRECTORIES = ('/var/lib/neutron', '/run/neutron-lab');

# Is this file's name that of a pid file? Neutron's are `pid`, `<id>.pid.keepalived`, `<id>.monitor.pid.neutron-…`,
# those of Pike's keepalived `<id>.pid` and `<id>.pid-vrrp`.
sub is_pid_file { return $_[0] =~ m{(?:^|[/.])pid(?:-vrrp|\.[^/]*)?\z} }

# All pid files, living process or not.
sub pid_files {
    my @found;
    for my $directory (@DIRECTORIES) {
        NeutronLab::Files::walk($directory, sub { push @found, $_[0] if is_pid_file($_[0]) });
    }
    return @found;
}

# The process that a pid file names, if it lives.
sub of_pid_file {
    my ($path) = @_;
    my $text = NeutronLab::Files::slurp($path, 64) // return undef;
    my ($pid) = $text =~ /\A\s*([1-9][0-9]{0,9})\s*\z/ or return undef;
    return alive($pid) ? $pid : undef;
}

# A zombie does not live.
sub alive {
    my ($pid) = @_;
    my $stat = NeutronLab::Files::slurp("/proc/$pid/stat") // return 0;
    return $stat =~ /\) ([A-Za-z]) [^)]*\z/ && $1 !~ /[ZXx]/;
}

# Its argument vector, as it was started: a script of ours without the interpreter that the kernel put before it.
sub argv {
    my ($pid) = @_;
    my $text = NeutronLab::Files::slurp("/proc/$pid/cmdline") // return undef;
    my @argv = split /\0/, $text, -1;
    pop @argv if @argv && $argv[-1] eq '';
    shift @argv if @argv > 1 && $argv[1] =~ m{^/usr/libexec/neutron-lab/};
    return \@argv;
}

# Does the process look like what its name says? A pid of a dead process is soon somebody else's.
sub is {
    my ($pid, $name) = @_;
    my $argv = argv($pid) or return 0;
    return scalar grep { m{(?:^|/)\Q$name\E\z} } @$argv;
}

# What tells the network namespace of a process (or of `self`). Not /proc/PID/ns/net: to read that of a process which runs
# as another user (dnsmasq, radvd) takes CAP_SYS_PTRACE. Each network namespace has files of its own behind /proc/PID/net,
# which anyone may look at, and their inode numbers differ.
sub network {
    my ($pid) = @_;
    my @stat = stat "/proc/$pid/net/dev" or return undef;
    return $stat[1];
}

# Starts a process in a session of its own that nobody waits for, and writes its pid file.
# Options as NeutronLab::Child has them. Returns its pid; dies if it cannot be run.
sub detach {
    my ($pid_file, %options) = @_;
    require NeutronLab::Child;
    NeutronLab::Files::make_directories(NeutronLab::Files::parent($pid_file));
    open my $null_in,  '<', '/dev/null' or die "/dev/null: $!\n";
    open my $null_out, '>', '/dev/null' or die "/dev/null: $!\n";
    pipe my $read, my $write or die "pipe: $!\n";
    my $middle = fork // die "fork: $!\n";
    if (!$middle) {
        # Twice, so that it is PID 1's child and not ours.
        my $pid = fork // exit 1;
        exit 0 if $pid;
        NeutronLab::Syscall::setsid();
        chdir '/';
        umask 022;
        syswrite $write, "$$\n";
        NeutronLab::Child::become($null_in, $null_out, $null_out, %options, on_error => sub { syswrite $write, $_[0] });
    }
    close $write;
    waitpid $middle, 0;
    my $told = '';
    1 while sysread $read, $told, 4096, length $told;    # ends when exec closes the other end
    my ($pid, $error) = $told =~ /\A([0-9]+)\n(.*)\z/s or die "cannot start a process\n";
    die $error if length $error;
    NeutronLab::Files::replace($pid_file, 0644, "$pid\n");
    return $pid;
}

# This process goes to the background and writes its pid file. A forked process has only those pages of programs and
# libraries in its memory that it goes on to use: the L3 agent 4.7 MB, where one that stays in front has 6.5 MB.
sub to_background {
    my ($pid_file) = @_;
    my $pid = fork // die "fork: $!\n";
    exit 0 if $pid;
    NeutronLab::Syscall::setsid();
    chdir '/';
    open STDIN,  '<', '/dev/null' or die "/dev/null: $!\n";
    open STDOUT, '>', '/dev/null' or die "/dev/null: $!\n";
    open STDERR, '>', '/dev/null' or die "/dev/null: $!\n";
    NeutronLab::Files::replace($pid_file, 0644, "$$\n");
    return;
}

# What a dead process left in the way of its successor: its pid file; of keepalived also the child that writes `-r FILE`, of
# conntrackd its lock.
sub clear {
    my ($pid_file, $argv) = @_;
    for my $i (0 .. $#$argv - 1) {
        next if $argv->[$i] ne '-r' || $argv->[0] !~ m{(?:^|/)keepalived\z};
        my $orphan = of_pid_file($argv->[ $i + 1 ]);
        kill KILL => $orphan if $orphan && is($orphan, 'keepalived');
        unlink $argv->[ $i + 1 ];
    }
    # conntrackd refuses to start where these are (neutron/agent/linux/conntrackd.py, pre_cmd_callback).
    if ($argv->[0] eq 'conntrackd' && ($argv->[2] // '') =~ m{\A(/.+/conntrackd)\.conf\z}) { unlink "$1.lock", "$1.ctl" }
    unlink $pid_file;
    return;
}

1;
