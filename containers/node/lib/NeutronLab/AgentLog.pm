package NeutronLab::AgentLog;

# The log of the L3 agent, as oslo.log writes it.

use v5.36;
use NeutronLab::Syscall;

our $PATH = '/var/log/neutron/neutron-l3-agent.log';

sub say {
    my ($text) = @_;
    $text =~ s/\s+\z//a;
    $text =~ s/[\x00-\x1f\x7f]+/ /g;
    my $time = NeutronLab::Syscall::clock($NeutronLab::Syscall::REALTIME);
    my ($second, $minute, $hour, $day, $month, $year) = gmtime $time;
    my $line = sprintf "%04d-%02d-%02d %02d:%02d:%02d.%03d %d INFO neutron.agent.l3.ha [-] %s\n",
        $year + 1900, $month + 1, $day, $hour, $minute, $second, ($time - int $time) * 1000, $$, $text;
    if (open my $file, '>>', $PATH) { syswrite $file, $line }
    return;
}

1;
