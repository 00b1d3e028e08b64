package NeutronLab::Syscall;

# System calls that perl has no function for, by their numbers on each architecture that Debian has.
# Sources: the kernel's include/uapi/asm-generic/unistd.h and arch/*/entry/syscalls/*.tbl.

use strict;
use warnings;
use Config;

use constant { CLONE_NEWNET => 0x40000000, CLONE_NEWUTS => 0x04000000 };

my %GENERIC = (
    setns => 268, setsid => 157, inotify_init1 => 26, inotify_add_watch => 27, inotify_rm_watch => 28,
);

my %NUMBERS = (
    x86_64 =>
        { setns => 308, setsid => 112, inotify_init1 => 294, inotify_add_watch => 254, inotify_rm_watch => 255 },
    i386 => { setns => 346, setsid => 66, inotify_init1 => 332, inotify_add_watch => 292, inotify_rm_watch => 293 },
    arm  => { setns => 375, setsid => 66, inotify_init1 => 360, inotify_add_watch => 317, inotify_rm_watch => 318 },
    powerpc64le =>
        { setns => 350, setsid => 66, inotify_init1 => 318, inotify_add_watch => 276, inotify_rm_watch => 277 },
    s390x => { setns => 339, setsid => 66, inotify_init1 => 324, inotify_add_watch => 285, inotify_rm_watch => 286 },
    aarch64 => \%GENERIC,
    riscv64 => \%GENERIC,
);

our ($ARCHITECTURE) = $Config{archname} =~ /^([^-]+)/;
$ARCHITECTURE =~ s/^i[4-6]86$/i386/;

my $numbers = $NUMBERS{$ARCHITECTURE}
    or die "the node's program does not know the system calls of $ARCHITECTURE\n";

sub _call {
    my ($name, @arguments) = @_;
    my $result = syscall($numbers->{$name}, @arguments);
    return $result == -1 ? undef : $result;
}

# Each returns undef and sets $! when the kernel refuses.
sub setns  { return _call('setns',  0 + $_[0], 0 + $_[1]) }
sub setsid { return _call('setsid') }

# A file descriptor that is readable once the process has ended. The number is the same everywhere (Linux 5.3).
sub pidfd_open {
    my $fd = syscall(434, 0 + $_[0], 0);
    return $fd == -1 ? undef : $fd;
}

sub inotify_init {
    return _call('inotify_init1', 0x80000 | 0x800);    # IN_CLOEXEC | IN_NONBLOCK
}

sub inotify_add_watch {
    my ($fd, $path, $mask) = @_;
    my $name = "$path";    # a string of its own: syscall(2) is given its address
    return _call('inotify_add_watch', 0 + $fd, $name, 0 + $mask);
}

sub inotify_rm_watch { return _call('inotify_rm_watch', 0 + $_[0], 0 + $_[1]) }

1;
