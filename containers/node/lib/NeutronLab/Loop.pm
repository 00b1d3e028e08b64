package NeutronLab::Loop;

# One select(2) loop: descriptors, timers. Everything that waits goes through it.

use v5.36;
use NeutronLab::Syscall;

sub new {
    my ($class) = @_;
    return bless { readers => {}, writers => {}, reading => '', writing => '', timers => [],
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
    my $timer  = [ $time, $code ];
    my $timers = $self->{timers};
    # The soonest first. Most are later than those that are there, of which there are few.
    my $place = @$timers;
    $place-- while $place && $timers->[ $place - 1 ][0] > $time;
    splice @$timers, $place, 0, $timer;
    return $timer;
}

sub after {
    my ($self, $seconds, $code) = @_;
    return $self->at(now() + $seconds, $code);
}

sub cancel {
    my ($self, $timer) = @_;
    return if !defined $timer;
    my $timers = $self->{timers};
    @$timers = grep { $_ != $timer } @$timers;
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

sub once {
    my ($self) = @_;
    my ($readable, $writable) = @$self{qw(reading writing)};
    my $timers = $self->{timers};
    my ($soonest, $wait);
    if (@$timers) {
        $soonest = $timers->[0][0];
        $wait    = $soonest - now();
        $wait    = 0 if $wait < 0;
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
    # Where nothing else came it waited for the soonest: its time is over, and the clock need not be asked.
    $self->_due($count ? now() : $soonest) if defined $soonest;
    return;
}

# Runs what is due at a time, in its order.
sub _due {
    my ($self, $now) = @_;
    my $timers = $self->{timers};
    while (@$timers && $timers->[0][0] <= $now) {
        (shift @$timers)->[1]->();
    }
    return;
}

1;
