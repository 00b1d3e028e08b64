package NeutronLab::Loop;

# One select(2) loop: descriptors, timers. Everything that waits goes through it.

use strict;
use warnings;
use Time::HiRes ();

sub new {
    my ($class) = @_;
    return bless { readers => {}, writers => {}, timers => {}, next_timer => 0, running => 1 }, $class;
}

sub now { return Time::HiRes::clock_gettime(Time::HiRes::CLOCK_MONOTONIC()) }

sub on_readable {
    my ($self, $fd, $code) = @_;
    $self->{readers}{$fd} = $code;
    return;
}

sub on_writable {
    my ($self, $fd, $code) = @_;
    $self->{writers}{$fd} = $code;
    return;
}

sub forget_readable { delete $_[0]{readers}{ $_[1] }; return }
sub forget_writable { delete $_[0]{writers}{ $_[1] }; return }

# Runs the code once, at a time of now()'s clock; returns what `cancel` takes.
sub at {
    my ($self, $time, $code) = @_;
    my $id = ++$self->{next_timer};
    $self->{timers}{$id} = [ $time, $code ];
    return $id;
}

sub after {
    my ($self, $seconds, $code) = @_;
    return $self->at(now() + $seconds, $code);
}

sub cancel {
    my ($self, $id) = @_;
    delete $self->{timers}{$id} if defined $id;
    return;
}

sub stop { $_[0]{running} = 0; return }

sub run {
    my ($self) = @_;
    $self->once while $self->{running};
    return;
}

sub once {
    my ($self) = @_;
    my ($readable, $writable) = ('', '');
    vec($readable, $_, 1) = 1 for keys %{ $self->{readers} };
    vec($writable, $_, 1) = 1 for keys %{ $self->{writers} };
    my $wait;
    for my $timer (values %{ $self->{timers} }) {
        $wait = $timer->[0] if !defined $wait || $timer->[0] < $wait;
    }
    if (defined $wait) {
        $wait -= now();
        $wait = 0 if $wait < 0;
    }
    my $count = select $readable, $writable, undef, $wait;
    if ($count > 0) {
        for my $fd (keys %{ $self->{readers} }) {
            my $code = vec($readable, $fd, 1) && $self->{readers}{$fd};
            $code->() if $code;
        }
        for my $fd (keys %{ $self->{writers} }) {
            my $code = vec($writable, $fd, 1) && $self->{writers}{$fd};
            $code->() if $code;
        }
    }
    elsif ($count < 0 && $!{EBADF}) {
        die "a closed descriptor is still being waited for\n";
    }
    if (defined $wait) {
        my $now = now();
        my @due = sort { $a->[0] <=> $b->[0] } map { [ @{ $self->{timers}{$_} }, $_ ] }
            grep { $self->{timers}{$_}[0] <= $now } keys %{ $self->{timers} };
        for my $timer (@due) {
            $timer->[1]->() if delete $self->{timers}{ $timer->[2] };
        }
    }
    return;
}

1;
