package NeutronLab::Syscall;

# System calls that perl has no function for, by their numbers on each architecture that Debian has.
# Sources: the kernel's include/uapi/asm-generic/unistd.h and arch/*/entry/syscalls/*.tbl.

use v5.36;

our ($CLONE_NEWNET, $CLONE_NEWUTS) = (0x40000000, 0x04000000);

# What perl's own modules would tell (Errno, Fcntl, Time::HiRes, Config), at the cost of loading them: a session begins with
# every command of the tool, and these are most of what it would take. Equal on all the architectures below.
our ($ENOENT, $EINTR, $EBADF, $EAGAIN, $EBUSY, $EEXIST, $ENOBUFS) = (2, 4, 9, 11, 16, 17, 105);
our ($O_WRONLY, $O_CREAT, $O_EXCL, $O_NONBLOCK) = (0x1, 0x40, 0x80, 0x800);
our ($F_GETFL, $F_SETFL, $LOCK_SH, $LOCK_EX, $LOCK_NB) = (3, 4, 1, 2, 4);
our ($REALTIME, $MONOTONIC) = (0, 1);

my %GENERIC = (
    setns => 268, setsid => 157, inotify_init1 => 26, inotify_add_watch => 27, inotify_rm_watch => 28,
    clock_gettime => 113, getsockopt => 209, recvmsg => 212,
);

my %NUMBERS = (
    x86_64 =>
        { setns => 308, setsid => 112, inotify_init1 => 294, inotify_add_watch => 254, inotify_rm_watch => 255,
          clock_gettime => 228, getsockopt => 55, recvmsg => 47 },
    i386 =>
        { setns => 346, setsid => 66, inotify_init1 => 332, inotify_add_watch => 292, inotify_rm_watch => 293,
          clock_gettime => 265, getsockopt => 365, recvmsg => 372 },
    arm =>
        { setns => 375, setsid => 66, inotify_init1 => 360, inotify_add_watch => 317, inotify_rm_watch => 318,
          clock_gettime => 263, getsockopt => 295, recvmsg => 297 },
    powerpc64le =>
        { setns => 350, setsid => 66, inotify_init1 => 318, inotify_add_watch => 276, inotify_rm_watch => 277,
          clock_gettime => 246, getsockopt => 340, recvmsg => 342 },
    s390x => { setns => 339, setsid => 66, inotify_init1 => 324, inotify_add_watch => 285, inotify_rm_watch => 286,
          clock_gettime => 260, getsockopt => 365, recvmsg => 372 },
    aarch64 => \%GENERIC,
    riscv64 => \%GENERIC,
);

# The machine of an ELF file (elf(5), e_machine), here of perl itself: what it was built for, not what the kernel is.
my %MACHINES = (3 => 'i386', 21 => 'powerpc64le', 22 => 's390x', 40 => 'arm', 62 => 'x86_64', 183 => 'aarch64', 243 => 'riscv64');

our $ARCHITECTURE = do {
    open my $file, '<:raw', '/proc/self/exe' or die "/proc/self/exe: $!\n";
    sysread $file, my $header, 20;
    my $machine = unpack '@18 S', $header;
    $MACHINES{$machine} // "machine $machine";
};

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

my ($clock_gettime, $time) = ($numbers->{clock_gettime}, "\0" x 16);    # the kernel writes into it

# Seconds of a clock, $MONOTONIC or $REALTIME: the numbers themselves, not what only looks like one.
sub clock {
    syscall($clock_gettime, $_[0], $time) == -1 and die "clock_gettime: $!\n";
    my ($seconds, $nanoseconds) = unpack 'l!2', $time;
    return $seconds + $nanoseconds / 1e9;
}

# The number of the network namespace that a socket is in, eight bytes, or undef; the kernel gives it to no other before it
# boots again (SO_NETNS_COOKIE, Linux 5.14). It wants to be asked for exactly these eight, and perl's getsockopt asks for more.
sub network_cookie {
    my ($socket) = @_;
    my ($cookie, $length) = ("\0" x 8, pack 'L', 8);
    return syscall($numbers->{getsockopt}, fileno $socket, 1, 71, $cookie, $length) == -1 ? undef : $cookie;
}

# Buffers of their own, into which the kernel writes; a receipt's time is a struct timespec after a cmsghdr (cmsg(3)).
my ($bytes, $control) = ("\0", "\0");
$bytes   x= 4096;
$control x= 64;
my $vector  = pack 'P L!', $bytes, length $bytes;
my $message = pack 'L!2 P L! P L!2', 0, 0, $vector, 1, $control, length $control, 0;
my $stamp   = '@' . (8 + length pack 'L!', 0) . ' l!2';

# Reads from a socket whose receipts the kernel times (socket(7), SO_TIMESTAMPNS): the bytes, none at the end, and when they
# came by MONOTONIC's clock. Nothing, and $!, where there are none.
sub receive {
    my ($fd) = @_;
    my $header = $message;
    my $count  = syscall $numbers->{recvmsg}, 0 + $fd, $header, 0;
    return if $count == -1;
    return ('', clock($MONOTONIC)) if !$count;
    my ($seconds, $nanoseconds) = unpack $stamp, $control;
    # The kernel tells it by the clock that a person may set; how long ago that was is the same for both.
    return (substr($bytes, 0, $count), $seconds + $nanoseconds / 1e9 - clock($REALTIME) + clock($MONOTONIC));
}

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
