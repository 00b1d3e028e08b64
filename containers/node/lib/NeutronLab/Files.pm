package NeutronLab::Files;

# Files whole: read, written beside and renamed, removed with what is in them.

use v5.36;
use NeutronLab::Syscall;

# The bytes of a file (at most $limit), or undef.
sub slurp {
    my ($path, $limit) = @_;
    open my $file, '<:raw', $path or return undef;
    my $content = '';
    my $chunk   = 1 << 12;    # most are small
    while (sysread $file, $content, $chunk, length $content) {
        $chunk = 1 << 16;
        last if defined $limit && length $content >= $limit;
    }
    return $content;
}

sub make_directories {
    my ($path) = @_;
    return if -d $path;
    my $parent = parent($path);
    make_directories($parent) if $parent ne $path;
    mkdir $path, 0755 or $! == $NeutronLab::Syscall::EEXIST or die "$path: $!\n";
    return;
}

sub parent {
    my ($path) = @_;
    $path =~ s{/+[^/]*/*\z}{};
    return $path eq '' ? '/' : $path;
}

# Whoever reads it sees the old content or the new one, never a part. Dies with a sentence.
sub replace {
    my ($path, $mode, $content) = @_;
    make_directories(parent($path));
    my $beside = "$path.neutron-lab.$$";
    unlink $beside;
    # O_EXCL does not follow a symbolic link either.
    my $flags = $NeutronLab::Syscall::O_WRONLY | $NeutronLab::Syscall::O_CREAT | $NeutronLab::Syscall::O_EXCL;
    sysopen my $file, $beside, $flags, 0600 or die "$path: $!\n";
    binmode $file;
    my $ok = print {$file} $content;
    $ok &&= chmod $mode, $file;
    $ok = close($file) && $ok;
    $ok &&= rename $beside, $path;
    return if $ok;
    my $error = $!;
    unlink $beside;
    die "$path: $error\n";
}

# Begins the logs anew that have got large; the one before stays beside each. Who writes them opens them for each line,
# or once a second as busybox's syslogd does.
sub bound_logs {
    for my $path ('/var/log/syslog', '/var/log/neutron/neutron-l3-agent.log') { rename $path, "$path.1" if (-s $path // 0) > 1 << 20 }
    return;
}

# Writes a native kernel file, such as one below /proc/sys: one write, nothing beside it.
sub poke {
    my ($path, $content) = @_;
    open my $file, '>:raw', $path or die "$path: $!\n";
    (syswrite $file, $content) // die "$path: $!\n";
    close $file or die "$path: $!\n";
    return;
}

sub set_nonblocking {
    my ($handle, $wanted) = @_;
    my ($get, $set, $flag) = ($NeutronLab::Syscall::F_GETFL, $NeutronLab::Syscall::F_SETFL, $NeutronLab::Syscall::O_NONBLOCK);
    my $flags = fcntl $handle, $get, 0;
    fcntl $handle, $set, $wanted ? $flags | $flag : $flags & ~$flag;
    return;
}

# A file, or a directory with what is in it; no error where there is none. Symbolic links are not followed. A file
# that a namespace is mounted on is freed first.
sub remove {
    my ($path) = @_;
    die "$path: not a path that can be removed\n" if $path !~ m{^/} || $path =~ m{(^|/)\.\.?(/|\z)} || $path =~ m{^/+\z};
    if (!-l $path && -d _) {
        opendir my $directory, $path or die "$path: $!\n";
        my @names = grep { !/^\.\.?\z/ } readdir $directory;
        closedir $directory;
        remove("$path/$_") for @names;
        rmdir $path or $! == $NeutronLab::Syscall::ENOENT or die "$path: $!\n";
        return;
    }
    return if unlink($path) || $! == $NeutronLab::Syscall::ENOENT;
    if ($! == $NeutronLab::Syscall::EBUSY) {
        system '/usr/bin/umount', '-l', $path;
        return if unlink $path;
    }
    die "$path: $!\n";
}

# Calls the code with the path of each regular file below a directory, in the order of names.
sub walk {
    my ($path, $code, $on_directory) = @_;
    opendir my $directory, $path or return;
    $on_directory->($path) if $on_directory;
    my @names = sort grep { !/^\.\.?\z/ } readdir $directory;
    closedir $directory;
    for my $name (@names) {
        my $below = "$path/$name";
        lstat $below or next;
        if    (-d _) { walk($below, $code, $on_directory) }
        elsif (-f _) { $code->($below) }
    }
    return;
}

1;
