package NeutronLab::Step;

# A step of `apply`, from the strings of the request, and which of them may share a process.

use v5.36;
use NeutronLab::Json;

my %FIELDS = (run => 2, spawn => 4, write => 3, remove => 1, signal => 3);    # at least

# All steps of a request. Dies with a sentence.
sub parse {
    my (@strings) = @_;
    my @steps;
    my $at = 0;
    while ($at < @strings) {
        die "a step is cut short\n" if $at + 6 > @strings;
        my ($type, $namespace, $change, $resource, $why, $count) = @strings[ $at .. $at + 5 ];
        die "a step's count of fields is not a number\n" if $count !~ /\A[0-9]{1,7}\z/;
        die "a step is cut short\n"                      if $at + 6 + $count > @strings;
        my $least = $FIELDS{$type} // die "no such type of step: $type\n";
        die "a step of type $type has at least $least fields\n" if $count < $least;
        my @fields = @strings[ $at + 6 .. $at + 5 + $count ];
        $at += 6 + $count;
        push @steps, _step({
            number => scalar @steps, type => $type, namespace => $namespace, change => $change,
            resource => $resource, why => $why,
        }, @fields);
    }
    return \@steps;
}

sub _step {
    my ($step, @fields) = @_;
    my $type = $step->{type};
    if    ($type eq 'run')   { @$step{qw(stdin argv)} = (shift @fields, \@fields) }
    elsif ($type eq 'spawn') { @$step{qw(pid_file daemonizes hostname argv)} = (splice(@fields, 0, 3), \@fields) }
    elsif ($type eq 'write') {
        @$step{qw(path mode content)} = @fields;
        die "a mode is octal: $step->{mode}\n" if $step->{mode} !~ /\A[0-7]{1,5}\z/;
    }
    elsif ($type eq 'remove') { $step->{path} = $fields[0] }
    else {
        @$step{qw(signal pid_file process)} = @fields;
        die "no such signal: $step->{signal}\n" if $step->{signal} !~ /\A(?:HUP|TERM|KILL|USR1|USR2|INT)\z/;
    }
    for my $path (grep { defined } @$step{qw(path pid_file)}) {
        die "a path begins at the root and has no `..`: $path\n" if $path !~ m{\A/[^\0]*\z} || $path =~ m{(?:^|/)\.\.(?:/|\z)};
    }
    my $argv = $step->{argv};
    if ($argv) {
        die "a command is without words\n"   if !@$argv || $argv->[0] eq '';
        die "a word of a command holds NUL\n" if grep { /\0/ } @$argv;
        $step->{batch}  = _batch($argv)  if $type eq 'run';
        $step->{sysctl} = _sysctl($argv) if $type eq 'run';
    }
    return $step;
}

# `ip` or `bridge` with its options and the line for its `-batch`; undef where the words would need quoting.
# `ip netns exec` runs a command and `ip -all` more than one: these stay processes of their own.
sub _batch {
    my ($argv) = @_;
    my ($command, @words) = @$argv;
    my ($tool) = $command =~ m{\A(?:/(?:usr/)?s?bin/)?(ip|bridge)\z} or return undef;
    my ($namespace, $family) = (undef, '');
    while (@words && $words[0] =~ /^-/) {
        my $option = shift @words;
        if    ($option =~ /\A-[46]\z/ && $tool eq 'ip')   { $family    = $option }
        elsif ($option =~ /\A-(?:n|netns)\z/ && @words) { $namespace = shift @words }
        else                                            { return undef }
    }
    return undef if @words < 2 || @words > 200 || grep { !m{\A[A-Za-z0-9_.:/\@%+=,-]+\z} } @words;
    return undef if $tool eq 'bridge' && $words[0] !~ /\A(?:fdb|link|vlan|mdb)\z/;
    return undef if $words[0] =~ /^(?:net?n?s?)\z/ && $words[1] !~ /\A(?:add|del|delete)\z/;
    return undef if $words[0] =~ /^(?:monitor|vrf)/;
    return { tool => $tool, namespace => $namespace, family => $family, line => "@words" };
}

# `sysctl -w NAME=VALUE`: the path below /proc/sys and the value.
sub _sysctl {
    my ($argv) = @_;
    return undef if @$argv != 3 || $argv->[0] !~ m{\A(?:/(?:usr/)?s?bin/)?sysctl\z} || $argv->[1] ne '-w';
    my ($name, $value) = $argv->[2] =~ /\A([^=\0]+)=(.*)\z/s or return undef;
    $name =~ tr{/.}{./} if $name !~ m{\A[^./]*/};    # sysctl(8): the first separator decides
    return undef if $name =~ m{(?:^|/)(?:\.\.?)?(?:/|\z)};
    return { path => "/proc/sys/$name", value => $value };
}

# What the command log says of it.
sub log_line {
    my ($step, $code, $time) = @_;
    my ($kind, $id, $name) = split / /, $step->{resource}, 3;
    return NeutronLab::Json::encode(
        NeutronLab::Json::object(
            time      => NeutronLab::Json::seconds($time),
            namespace => $step->{namespace},
            change    => $step->{change},
            resource  => { kind => $kind // '', id => $id // '', name => $name // '' },
            why       => $step->{why},
            $step->{argv}   ? (command => $step->{argv})
            : $step->{type} eq 'signal' ? (command => [ 'kill', "-$step->{signal}", $step->{pid} // $step->{pid_file} ])
            : (file => $step->{path}),
            code => NeutronLab::Json::number($code),
        )
    ) . "\n";
}

1;
