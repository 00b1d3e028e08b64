package NeutronLab::NamespaceWatch;

# Tells when a named network namespace comes, and when it goes: whoever holds sockets in one must let go, or it lives on
# with its devices in it.

use v5.36;
use NeutronLab::Inotify;
use NeutronLab::Namespace;

my ($RETRY, $LOOK, $LOOK_WITHOUT_INOTIFY) = (0.003, 2, 0.25);    # seconds

# on_add is called with a name and dies while it cannot be entered yet (the file comes before the mount; it is asked
# again); on_remove with a name that on_add has taken.
sub new {
    my ($class, $loop, %options) = @_;
    my $self = bless { loop => $loop, %options, known => {}, retries => {} }, $class;
    my $inotify = $self->{inotify} = NeutronLab::Inotify->new;
    my $told = $inotify && $inotify->watch($NeutronLab::Namespace::NETNS);
    if ($told) {
        $loop->on_readable(
            $inotify->fd,
            sub {
                for my $event ($inotify->events) {
                    $event->{overflow} ? $self->look : $self->_check($event->{name});
                }
            }
        );
    }
    my $every;
    $every = sub {
        $self->look;
        $self->{timer} = $loop->after($told ? $LOOK : $LOOK_WITHOUT_INOTIFY, $every);
    };
    $every->();
    return $self;
}

# Compares all names with what is known.
sub look {
    my ($self) = @_;
    my %names = map { $_ => 1 } NeutronLab::Namespace::names(), keys %{ $self->{known} };
    $self->_check($_) for sort keys %names;
    return;
}

sub _check {
    my ($self, $name) = @_;
    my $known    = $self->{known}{$name};
    my $identity = NeutronLab::Namespace::identity($name);
    return if defined $known && defined $identity && $known eq $identity;
    if (defined $known) {
        delete $self->{known}{$name};
        $self->{on_remove}->($name);
    }
    return if !defined $identity;
    if (eval { $self->{on_add}->($name); 1 }) {
        $self->{known}{$name} = $identity;
        delete $self->{retries}{$name};
    }
    elsif (($self->{retries}{$name} //= 0)++ < 300) {
        $self->{loop}->after($RETRY, sub { $self->_check($name) if !$self->{closed} });
    }
    return;
}

sub close {
    my ($self) = @_;
    $self->{closed} = 1;
    $self->{loop}->cancel($self->{timer});
    if ($self->{inotify}) {
        $self->{loop}->forget_readable($self->{inotify}->fd);
        $self->{inotify}->close;
    }
    return;
}

1;
