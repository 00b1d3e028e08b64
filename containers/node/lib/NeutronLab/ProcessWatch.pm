package NeutronLab::ProcessWatch;

# Processes of pid files: told when one is there and when it ended, by inotify on the directories and a pidfd a process.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Inotify;
use NeutronLab::Processes;
use NeutronLab::Syscall;

my ($LOOK, $LOOK_WITHOUT_INOTIFY) = (5, 0.25);    # seconds

# tell: called with pid file, pid and `start` or `exit`. What runs already is not told.
sub new {
    my ($class, $loop, $tell) = @_;
    my $self = bless { loop => $loop, tell => $tell, known => {}, silent => 1 }, $class;
    my $inotify = $self->{inotify} = NeutronLab::Inotify->new;
    $loop->on_readable($inotify->fd, sub { $self->_events }) if $inotify;
    my $every;
    $every = sub {
        $self->_look($_) for @NeutronLab::Processes::DIRECTORIES;
        $self->_check($_) for keys %{ $self->{known} };
        $self->{timer} = $loop->after($inotify ? $LOOK : $LOOK_WITHOUT_INOTIFY, $every);
    };
    $every->();
    $self->{silent} = 0;
    return $self;
}

sub close {
    my ($self) = @_;
    $self->{loop}->cancel($self->{timer});
    if ($self->{inotify}) {
        $self->{loop}->forget_readable($self->{inotify}->fd);
        $self->{inotify}->close;
    }
    $self->_forget($_) for keys %{ $self->{known} };
    return;
}

sub _look {
    my ($self, $directory) = @_;
    NeutronLab::Files::walk(
        $directory,
        sub { $self->_check($_[0]) if NeutronLab::Processes::is_pid_file($_[0]) },
        sub { $self->{inotify}->watch($_[0]) if $self->{inotify} },
    );
    return;
}

sub _events {
    my ($self) = @_;
    for my $event ($self->{inotify}->events) {
        if ($event->{overflow}) {
            $self->_look($_) for @NeutronLab::Processes::DIRECTORIES;
            next;
        }
        my $path = "$event->{directory}/$event->{name}";
        if ($event->{is_directory}) { $self->_look($path) if !$event->{gone} }
        elsif (!$event->{gone} && NeutronLab::Processes::is_pid_file($path)) { $self->_check($path) }
    }
    return;
}

sub _check {
    my ($self, $path) = @_;
    my $pid   = NeutronLab::Processes::of_pid_file($path);
    my $known = $self->{known}{$path};
    if ($known) {
        return if $pid ? $known->{pid} == $pid : NeutronLab::Processes::alive($known->{pid});
        $self->_ended($path, $known->{pid});
    }
    return if !$pid;
    my $entry = { pid => $pid };
    my $fd    = NeutronLab::Syscall::pidfd_open($pid);
    if (defined $fd && open $entry->{handle}, '<&=', $fd) {
        $self->{loop}->on_readable($fd, sub { $self->_ended($path, $pid) });
    }
    $self->{known}{$path} = $entry;
    $self->{tell}->($path, $pid, 'start') if !$self->{silent};
    return;
}

sub _ended {
    my ($self, $path, $pid) = @_;
    $self->_forget($path);
    $self->{tell}->($path, $pid, 'exit') if !$self->{silent};
    return;
}

sub _forget {
    my ($self, $path) = @_;
    my $entry = delete $self->{known}{$path} or return;
    if ($entry->{handle}) {
        $self->{loop}->forget_readable(fileno $entry->{handle});
        CORE::close $entry->{handle};
    }
    return;
}

1;
