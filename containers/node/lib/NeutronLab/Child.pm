package NeutronLab::Child;

# A process that is run to its end, in a namespace, its output read as it comes, without blocking the loop.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Loop;
use NeutronLab::Namespace;
use NeutronLab::Syscall;

my ($KEEP, $CHUNK) = (1 << 20, 1 << 16);    # bytes of each stream that are kept, bytes of one read

# Options: argv; namespace; hostname (true: enter its UTS namespace too); stdin; timeout (seconds);
# keep_files (its output goes to files, so that a daemon it leaves behind may hold them); limit (bytes kept of a stream).
# Calls $on_end with the exit code (128 + signal, 124 after a timeout, 127 if it cannot be run), stdout and stderr.
sub start {
    my ($loop, $on_end, %options) = @_;
    my $self = bless { loop => $loop, on_end => $on_end, streams => {}, out => '', err => '',
        limit => $options{limit} || $KEEP }, __PACKAGE__;

    my ($in_read, $in_write, @output);
    if (defined $options{stdin} && length $options{stdin}) { pipe $in_read, $in_write or die "pipe: $!\n" }
    else                                                   { open $in_read, '<', '/dev/null' or die "/dev/null: $!\n" }
    for my $name ('out', 'err') {
        my ($read, $write);
        if ($options{keep_files}) {
            open $read, '+>', undef or die "a temporary file: $!\n";
            $write = $read;
            $self->{files}{$name} = $read;
        }
        else {
            pipe $read, $write or die "pipe: $!\n";
            $self->_read($name, $read);
        }
        push @output, $write;
    }

    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        setpgrp 0, 0;
        become($in_read, @output, %options);
    }
    $self->{pid} = $pid;
    close $_ for $in_read, ($options{keep_files} ? () : @output);
    $self->_write($in_write, $options{stdin}) if $in_write;
    $self->_await;
    if ($options{timeout}) {
        $self->{timer} = $loop->after($options{timeout}, sub { $self->end(124) });
    }
    return $self;
}

# In a forked process: takes the three streams, enters the namespaces, becomes the command. Never returns.
sub become {
    my ($in, $out, $err, %options) = @_;
    $SIG{$_} = 'DEFAULT' for qw(PIPE HUP TERM INT CHLD);
    my $done = eval {
        open STDIN,  '<&', $in  or die "stdin: $!\n";
        open STDOUT, '>&', $out or die "stdout: $!\n";
        open STDERR, '>&', $err or die "stderr: $!\n";
        my $namespace = $options{namespace} // '';
        NeutronLab::Namespace::enter_hostname($namespace) if $options{hostname};
        NeutronLab::Namespace::enter($namespace);
        $ENV{NEUTRON_LAB_NAMESPACE} = $namespace;
        my @argv = @{ $options{argv} };
        local $SIG{__WARN__} = sub { };    # perl's own word on what is told below
        exec { $argv[0] } @argv or die "$argv[0]: $!\n";
    };
    my $error = $@;
    $options{on_error}->($error) if $options{on_error};
    syswrite STDERR, $error if !$done;
    exit 127;
}

# Ends it early, with all that it started in its process group.
sub end {
    my ($self, $code) = @_;
    return if $self->{ended};
    $self->{forced} = $code;
    kill TERM => -$self->{pid};
    $self->{loop}->cancel($self->{timer});
    $self->{timer} = $self->{loop}->after(0.5, sub { kill KILL => -$self->{pid} });
    return;
}

sub _read {
    my ($self, $name, $handle) = @_;
    NeutronLab::Files::set_nonblocking($handle, 1);
    $self->{streams}{$name} = $handle;
    $self->{loop}->on_readable(fileno $handle, sub { $self->_drain($name) });
    return;
}

sub _drain {
    my ($self, $name) = @_;
    my $handle = $self->{streams}{$name} or return;
    while (1) {
        my $count = sysread $handle, (my $bytes), $CHUNK;
        return if !defined $count && ($! == $NeutronLab::Syscall::EAGAIN || $! == $NeutronLab::Syscall::EINTR);
        if (!$count) {
            $self->_close($name);
            return;
        }
        my $room = $self->{limit} - length $self->{$name};
        $self->{$name} .= $count <= $room ? $bytes : substr $bytes, 0, $room if $room > 0;
        return if $count < $CHUNK;
    }
}

sub _close {
    my ($self, $name) = @_;
    my $handle = delete $self->{streams}{$name} or return;
    $self->{loop}->forget_readable(fileno $handle);
    close $handle;
    return;
}

sub _write {
    my ($self, $handle, $bytes) = @_;
    NeutronLab::Files::set_nonblocking($handle, 1);
    my $loop = $self->{loop};
    my $write = sub {
        my $count = syswrite $handle, $bytes;
        return if !defined $count && ($! == $NeutronLab::Syscall::EAGAIN || $! == $NeutronLab::Syscall::EINTR);
        substr $bytes, 0, $count, '' if $count;
        return if $count && length $bytes;
        $loop->forget_writable(fileno $handle);
        close $handle;
    };
    $loop->on_writable(fileno $handle, $write);
    $write->();
    return;
}

sub _await {
    my ($self) = @_;
    my $loop = $self->{loop};
    my $fd   = NeutronLab::Syscall::pidfd_open($self->{pid});
    if (defined $fd) {
        open my $handle, '<&=', $fd or die "pidfd: $!\n";
        $loop->on_readable(
            $fd,
            sub {
                $loop->forget_readable($fd);
                close $handle;
                $self->_ended;
            }
        );
        return;
    }
    my $look;
    $look = sub { waitpid($self->{pid}, 1) == $self->{pid} ? $self->_ended($?) : $loop->after(0.01, $look) };
    $look->();
    return;
}

sub _ended {
    my ($self, $status) = @_;
    if (!defined $status) {
        waitpid $self->{pid}, 0;
        $status = $?;
    }
    $self->{ended} = 1;
    $self->{loop}->cancel($self->{timer});
    for my $name (keys %{ $self->{streams} }) {
        $self->_drain($name);
        $self->_close($name);
    }
    for my $name (keys %{ $self->{files} }) {
        seek $self->{files}{$name}, 0, 0;
        read $self->{files}{$name}, $self->{$name}, $self->{limit};
        close $self->{files}{$name};
    }
    my $code = $self->{forced} // ($status & 127 ? 128 + ($status & 127) : $status >> 8);
    $self->{on_end}->($code, $self->{out}, $self->{err});
    return;
}

1;
