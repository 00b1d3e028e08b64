package NeutronLab::Settings;

# Files of `name value` lines that the tool writes for the L3 agent. One that makes no sense is as if it were not there.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Namespace;

# All lines, each name once (the last wins); `arg` lines in order under `argv`.
sub values {
    my ($path) = @_;
    my %values = (argv => []);
    for (split /\n/, NeutronLab::Files::slurp($path, 1 << 16) // '') {
        my ($name, $value) = /\A([a-z0-9_]+) (.*)\z/ or next;
        if ($name eq 'arg') {
            $value =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
            push @{ $values{argv} }, $value;
        }
        else { $values{$name} = $value }
    }
    return \%values;
}

# A router's settings, or undef.
sub router {
    my ($path) = @_;
    my $values = NeutronLab::Settings::values($path);
    my $argv = delete $values->{argv};
    $values->{radvd_arguments} = join "\0", @$argv if @$argv && $argv->[0] eq 'radvd';
    for my $name (qw(namespace ha_device primary_vip state_file)) { return undef if !length($values->{$name} // '') }
    return undef if !NeutronLab::Namespace::valid($values->{namespace});
    for my $name (qw(state_file radvd_conf radvd_pid radvd_source conntrackd)) { return undef if defined $values->{$name} && !_path($values->{$name}) }
    for my $name (qw(ha_device gateway_device)) { return undef if defined $values->{$name} && $values->{$name} !~ m{\A[^/\s]{1,15}\z}a }
    return undef if ($values->{gateway_device} // '') =~ /\A\.\.?\z/;
    return undef if ($values->{gateway_accept_ra} // 0) !~ /\A[012]\z/;
    return undef if ($values->{state_primary} // 'primary') !~ /\A[a-z]{1,16}\z/;
    return undef if ($values->{advert_int} // 2) !~ /\A[0-9]{1,4}(?:\.[0-9]{1,3})?\z/;
    return $values;
}

# A child process of the agent, or undef.
sub child {
    my ($path) = @_;
    my $values = NeutronLab::Settings::values($path);
    return undef if !_path($values->{pidfile} // '') || !@{ $values->{argv} } || $values->{argv}[0] eq '';
    return undef if grep { /\0/ } @{ $values->{argv} };
    $values->{namespace}  //= '';
    $values->{daemonizes} = ($values->{daemonizes} // 0) eq '1';
    return $values;
}

sub _path { return $_[0] =~ m{\A/[^\0]*\z} && $_[0] !~ m{(?:^|/)\.\.(?:/|\z)} }

1;
