package NeutronLab::Inotify;

# inotify(7): told at once when a file in a directory comes, goes or has been written.

use v5.36;
use NeutronLab::Syscall;

my ($CLOSE_WRITE, $MOVED_FROM, $MOVED_TO, $CREATE, $DELETE, $OVERFLOW, $IGNORED, $ISDIR, $ONLYDIR)
    = (0x8, 0x40, 0x80, 0x100, 0x200, 0x4000, 0x8000, 0x40000000, 0x01000000);

# Undef where the kernel has none to give.
sub new {
    my ($class) = @_;
    my $fd = NeutronLab::Syscall::inotify_init() // return undef;
    open my $handle, '<&=', $fd or return undef;
    return bless { handle => $handle, paths => {} }, $class;
}

sub fd { return fileno $_[0]{handle} }

sub watch {
    my ($self, $directory) = @_;
    my $mask = $CLOSE_WRITE | $MOVED_FROM | $MOVED_TO | $CREATE | $DELETE | $ONLYDIR;
    my $id   = NeutronLab::Syscall::inotify_add_watch($self->fd, $directory, $mask) // return 0;
    $self->{paths}{$id} = $directory;
    return 1;
}

# What happened: a list of hashes with directory, name and the flags; `overflow` when some was lost.
sub events {
    my ($self) = @_;
    my @events;
    while (sysread $self->{handle}, my $bytes, 1 << 16) {
        my $at = 0;
        while ($at + 16 <= length $bytes) {
            my ($id, $mask, undef, $length) = unpack "\@$at l L L L", $bytes;
            my $name = substr $bytes, $at + 16, $length;
            $name =~ s/\0.*//s;
            $at += 16 + $length;
            if ($mask & $OVERFLOW) { push @events, { overflow => 1 }; next }
            if ($mask & $IGNORED)  { delete $self->{paths}{$id};      next }
            my $directory = $self->{paths}{$id} // next;
            push @events, {
                directory => $directory,
                name      => $name,
                is_directory => $mask & $ISDIR ? 1 : 0,
                gone         => $mask & ($DELETE | $MOVED_FROM) ? 1 : 0,
            };
        }
    }
    return @events;
}

sub close {
    my ($self) = @_;
    CORE::close $self->{handle};
    return;
}

1;
