package NeutronLab::Namespace;

# Network namespaces by name, as ip-netns(8) keeps them, and the hostnames (UTS namespaces) beside them.

use v5.36;
use NeutronLab::Syscall;

our $NETNS = '/run/netns';
our $UTS   = '/run/neutron-lab/uts';

open my $root_net, '<', '/proc/self/ns/net' or die "/proc/self/ns/net: $!\n";
open my $root_uts, '<', '/proc/self/ns/uts' or die "/proc/self/ns/uts: $!\n";

# Names of all network namespaces that have one.
sub names {
    opendir my $directory, $NETNS or return ();
    return sort grep { !/^\.\.?$/ } readdir $directory;
}

# A name never leads out of its directory.
sub valid { return $_[0] =~ m{^[^/\0]{1,255}\z} && $_[0] !~ /^\.\.?\z/ }

# The identity of a namespace: two files are one namespace if this is equal. Undef if there is none.
sub identity {
    my ($name) = @_;
    my @stat = stat($name eq '' ? '/proc/self/ns/net' : "$NETNS/$name") or return undef;
    return "$stat[0]:$stat[1]";
}

# Enters one for good (for a child before exec). Dies with a sentence.
sub enter {
    my ($name) = @_;
    return if $name eq '';
    die "no such namespace: $name\n" if !valid($name) || !-e "$NETNS/$name";
    open my $file, '<', "$NETNS/$name" or die "namespace $name: $!\n";
    NeutronLab::Syscall::setns(fileno $file, $NeutronLab::Syscall::CLONE_NEWNET) // die "namespace $name: $!\n";
    return;
}

sub enter_hostname {
    my ($name) = @_;
    die "no such namespace: $name\n" if !valid($name);
    open my $file, '<', "$UTS/$name" or die "hostname of $name: $!\n";
    NeutronLab::Syscall::setns(fileno $file, $NeutronLab::Syscall::CLONE_NEWUTS) // die "hostname of $name: $!\n";
    return;
}

# Runs something within a namespace and comes back. Dies if the namespace cannot be entered or the code dies.
sub within {
    my ($name, $code) = @_;
    return $code->() if $name eq '';
    enter($name);
    my @result;
    my $done = eval { @result = $code->(); 1 };
    my $error = $@;
    NeutronLab::Syscall::setns(fileno $root_net, $NeutronLab::Syscall::CLONE_NEWNET)
        // do { print STDERR "cannot leave namespace $name: $!\n"; exit 1 };
    die $error if !$done;
    return wantarray ? @result : $result[0];
}

# The hostname of a namespace that has one of its own, else undef.
sub hostname {
    my ($name) = @_;
    return undef if $name eq '' || !-e "$UTS/$name";
    my $hostname = eval {
        enter_hostname($name);
        open my $file, '<', '/proc/sys/kernel/hostname' or die "$!\n";
        my $line = <$file>;
        chomp $line;
        $line;
    };
    NeutronLab::Syscall::setns(fileno $root_uts, $NeutronLab::Syscall::CLONE_NEWUTS)
        // do { print STDERR "cannot leave the hostname of $name: $!\n"; exit 1 };
    return $hostname;
}

1;
