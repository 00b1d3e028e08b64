package NeutronLab::Loop;

# One select(2) loop: descriptors, timers. Everything that waits goes through it.

use v5.36;
use NeutronLab::Syscall;

sub new {
    my ($class) = @_;
    return bless { readers => {}, writers => {}, reading => '', writing => '', timers => {}, next_timer => 0,
        running => 1 }, $class;
}

sub now { return NeutronLab::Syscall::clock($NeutronLab::Syscall::MONOTONIC) }

sub on_readable {
    my ($self, $fd, $code) = @_;
    $self->{readers}{$fd} = $code;
    vec($self->{reading}, $fd, 1) = 1;
    return;
}

sub on_writable {
    my ($self, $fd, $code) = @_;
    $self->{writers}{$fd} = $code;
    vec($self->{writing}, $fd, 1) = 1;
    return;
}

sub forget_readable {
    my ($self, $fd) = @_;
    vec($self->{reading}, $fd, 1) = 0 if delete $self->{readers}{$fd};
    return;
}

sub forget_writable {
    my ($self, $fd) = @_;
    vec($self->{writing}, $fd, 1) = 0 if delete $self->{writers}{$fd};
    return;
}

# Runs the code once, at a time of now()'s clock; returns what `cancel` takes.
sub at {
    my ($self, $time, $code) = @_;
    my $id = ++$self->{next_timer};
    $self->{timers}{$id} = [ $time, $code ];
    $self->{soonest} = $time if defined $self->{soonest} && $time < $self->{soonest};
    return $id;
}

sub after {
    my ($self, $seconds, $code) = @_;
    return $self->at(now() + $seconds, $code);
}

sub cancel {
    my ($self, $id) = @_;
    # The soonest may be too early then: a turn too many finds nothing due, and looks for it anew.
    delete $self->{timers}{$id} if defined $id;
    return;
}

sub stop { $_[0]{running} = 0; return }

sub run {
    my ($self) = @_;
    $self->once while $self->{running};
    return;
}

# The descriptors of a bit vector.
sub _set {
    my $bits = unpack 'b*', $_[0];
    my @set;
    for (my $at = index $bits, '1'; $at >= 0; $at = index $bits, '1', $at + 1) { push @set, $at }
    return @set;
}

# When the next timer is due; undef where there is none. Looked for only after some were: a turn of the loop costs little.
sub _soonest {
    my ($self) = @_;
    my $soonest;
    for my $timer (values %{ $self->{timers} }) {
        $soonest = $timer->[0] if !defined $soonest || $timer->[0] < $soonest;
    }
    return $self->{soonest} = $soonest;
}

sub once {
    my ($self) = @_;
    my ($readable, $writable) = @$self{qw(reading writing)};
    my $wait = $self->{soonest} // $self->_soonest;
    if (defined $wait) {
        $wait -= now();
        $wait = 0 if $wait < 0;
    }
    my $count = select $readable, $writable, undef, $wait;
    if ($count > 0) {
        # A handler may forget another descriptor whose turn would be next.
        for my $fd (_set($readable)) {
            my $code = $self->{readers}{$fd};
            $code->() if $code;
        }
        for my $fd (_set($writable)) {
            my $code = $self->{writers}{$fd};
            $code->() if $code;
        }
    }
    elsif ($count < 0 && $! == $NeutronLab::Syscall::EBADF) {
        die "a closed descriptor is still being waited for\n";
    }
    if (defined $wait) {
        my $now = now();
        $self->_due($now) if $now >= $self->{soonest};
    }
    return;
}

# Runs what is due, in its order.
sub _due {
    my ($self, $now) = @_;
    my $timers = $self->{timers};
    my @due = grep { $timers->{$_}[0] <= $now } keys %$timers;
    @due = sort { $timers->{$a}[0] <=> $timers->{$b}[0] } @due if @due > 1;
    $self->{soonest} = undef;
    for my $id (@due) {
        my $timer = delete $timers->{$id} or next;
        $timer->[1]->();
    }
    return;
}

1;
