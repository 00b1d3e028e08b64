package NeutronLab::Radvd;

# The radvd of an HA router: on the primary only (neutron/agent/linux/ra.py, neutron/agent/l3/ha.py).

use v5.36;
use NeutronLab::AgentLog;
use NeutronLab::Files;
use NeutronLab::Processes;

# Ended by KILL, as Neutron does: radvd that gets TERM would tell the hosts that their router is gone.
sub stop {
    my ($settings) = @_;
    my $pid = _running($settings);
    kill KILL => $pid if $pid;
    unlink $settings->{radvd_pid};
    unlink $settings->{radvd_conf} if defined $settings->{radvd_source};
    return;
}

# With the configuration as it is now; a process that lives goes on, and reads it again where it changed.
sub start {
    my ($settings, $children) = @_;
    my ($conf, $pid_file, $source) = @$settings{qw(radvd_conf radvd_pid radvd_source)};
    my $pid  = _running($settings);
    my $text = defined $source ? NeutronLab::Files::slurp($source) : undef;
    if (defined $text && $text ne (NeutronLab::Files::slurp($conf) // '')) {
        # radvd wants its file without write permission for group and others.
        eval { NeutronLab::Files::replace($conf, 0444, $text); 1 } or NeutronLab::AgentLog::say($@);
        kill HUP => $pid if $pid;
    }
    return if $pid;
    my @argv = ('radvd', '-C', $conf, '-p', $pid_file, '-m', 'syslog', '-u', 'neutron');
    @argv = split /\0/, $settings->{radvd_arguments} if defined $settings->{radvd_arguments};
    $children->start($pid_file, 1, $settings->{namespace}, @argv);
    return;
}

sub _running {
    my ($settings) = @_;
    my $pid = NeutronLab::Processes::of_pid_file($settings->{radvd_pid});
    return $pid && NeutronLab::Processes::is($pid, 'radvd') ? $pid : undef;
}

1;
