package NeutronLab::Conntrackd;

# What conntrackd is told when a replica changes its role, as conntrack-tools' own primary-backup.sh has it.

use v5.36;
use NeutronLab::AgentLog;
use NeutronLab::Child;

my %ORDERS = (
    # Commit what the others told to the kernel, forget it, take up what the kernel tracks now, tell it to the others.
    primary => [qw(-c -f -R -B)],
    # Let what was committed time out, and ask the new primary for what it tracks.
    backup => [qw(-t -n)],
);

sub follow {
    my ($loop, $conf, $role) = @_;
    my @orders = @{ $ORDERS{$role} // [] };
    my $next;
    $next = sub {
        my $order = shift @orders // return undef $next;
        NeutronLab::Child::start(
            $loop,
            sub {
                my ($code, undef, $stderr) = @_;
                NeutronLab::AgentLog::say("conntrackd $order ended with $code: $stderr") if $code;
                $next->();
            },
            argv => [ 'conntrackd', '-C', $conf, $order ], namespace => '', timeout => 10,
        );
    };
    $next->();
    return;
}

1;
