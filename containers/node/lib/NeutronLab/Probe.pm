package NeutronLab::Probe;

# Requests from within a namespace at a steady pace, and what became of each. How a request is sent and how its answer is
# known is for what inherits from this: `begin`, `transmit`, `end`, and where it matters `given_up`.

use v5.36;
use NeutronLab::Loop;

# Seconds until a request is lost; how many that are over are remembered, so that a late or second answer is known.
our $WAIT = 1;
my $REMEMBER = 4096;

# Options: namespace, interval (seconds), count (0: until cancelled), and those of the kind.
# tell: called with reply, lost, broken or done and their values. Dies with a sentence where it cannot begin.
sub new {
    my ($class, $loop, $tell, %options) = @_;
    my $self = bless { %options, loop => $loop, tell => $tell, next => 0, received => 0, open => {}, state => {}, running => 1 },
        $class;
    $self->begin;
    $self->{due} = NeutronLab::Loop::now();
    $self->_send;
    return $self;
}

sub given_up { return }

sub _send {
    my ($self) = @_;
    my $number = $self->{next}++;
    my $now    = NeutronLab::Loop::now();
    $self->{open}{$number} = { sent => $now };
    push @{ $self->{waiting} }, $number;
    my $error = $self->transmit($number);
    $self->excuse($number, $error) if defined $error;
    $self->_await;

    return if $self->{count} && $self->{next} >= $self->{count};
    $self->{due} += $self->{interval};
    # One that was frozen does not catch up in a burst.
    $self->{due} = $now + $self->{interval} if $self->{due} < $now;
    $self->{timer} = $self->{loop}->at($self->{due}, sub { $self->_send });
    return;
}

# Why nothing will come back for a request; it is lost when its time is over, like any other.
sub excuse {
    my ($self, $number, $error) = @_;
    $self->{open}{$number}{error} = $error if $self->{open}{$number};
    return;
}

# One timer, for the oldest that is open.
sub _await {
    my ($self) = @_;
    my $waiting = $self->{waiting};
    shift @$waiting while @$waiting && !$self->{open}{ $waiting->[0] };
    if (!@$waiting) {
        $self->finish if $self->{count} && $self->{next} >= $self->{count};
        return;
    }
    return if defined $self->{deadline};
    my $oldest = $self->{open}{ $waiting->[0] };
    $self->{deadline} = $self->{loop}->at($oldest->{sent} + $WAIT, sub {
        $self->{deadline} = undef;
        my $now = NeutronLab::Loop::now();
        while (@$waiting) {
            my $number = $waiting->[0];
            my $probe  = $self->{open}{$number};
            last if $probe && $probe->{sent} + $WAIT > $now;
            shift @$waiting;
            next if !$probe;
            delete $self->{open}{$number};
            $self->_remember($number, { %$probe, lost => 1 });
            $self->given_up($number);
            $self->{tell}->('lost', $number, $probe->{sent}, $probe->{error} ? (error => $probe->{error}) : ());
        }
        $self->_await;
    });
    return;
}

# The answer to a request came at a time: the first one, a late one, or one more.
sub answered {
    my ($self, $number, $now) = @_;
    my $probe = delete $self->{open}{$number};
    my @marks;
    if (!$probe) {
        $probe = $self->{state}{$number} or return;
        @marks = $probe->{lost} && !$probe->{late} ? (late => 1) : (dup => 1);
        $probe->{late} = 1;
    }
    else { $self->_remember($number, $probe) }
    $self->{received}++ if !@marks || $marks[0] eq 'late';
    $self->{tell}->('reply', $number, $probe->{sent}, t => $now, @marks);
    $self->_await if !@marks;
    return;
}

sub _remember {
    my ($self, $number, $probe) = @_;
    $self->{state}{$number} = $probe;
    delete $self->{state}{ $number - $REMEMBER };
    return;
}

# Ends it and tells `done`, once.
sub finish {
    my ($self) = @_;
    return if !delete $self->{running};
    $self->end;
    $self->{loop}->cancel($_) for grep { defined } @$self{qw(timer deadline)};
    $self->{tell}->('done', $self->{next}, $self->{received});
    return;
}

1;
