package NeutronLab::Probe;

# Requests from within a namespace at a steady pace, and what became of each. How a request is sent and how its answer is
# known is for what inherits from this: `begin`, `transmit`, `end`, and where it matters `look`
# (at what came and was not read yet) and `given_up`.

use v5.36;
use NeutronLab::Loop;

# Seconds until a request is lost; how many of the last ones are remembered, so that a late or second answer is known. A
# power of two: a request has its place in `sent` and `became` by its number.
our $WAIT = 1;
my $PLACES = 4096;

my ($OPEN, $ANSWERED, $LOST, $LATE) = (0, 1, 2, 3);

# Options: namespace, interval (seconds), count (0: until cancelled), and those of the kind.
# tell: called with
#   reply, number, sent, t, '' or dup or late
#   lost, number, sent, error or undef
#   broken, number, t, error
#   done, how many were sent, how many answered
# Dies with a sentence where it cannot begin.
sub new {
    my ($class, $loop, $tell, %options) = @_;
    my $self = bless { %options, loop => $loop, tell => $tell, next => 0, oldest => 0, received => 0, sent => [], became => [],
        errors => {}, running => 1 }, $class;
    $self->begin;
    # Made once: what is done for each request is what a probe costs.
    $self->{again}  = sub { $self->_send };
    $self->{expire} = sub { $self->_expire };
    $self->{due}    = NeutronLab::Loop::now();
    $self->_send;
    return $self;
}

sub look     { return }
sub given_up { return }

sub _send {
    my ($self) = @_;
    my $number = $self->{next}++;
    my $now    = NeutronLab::Loop::now();
    my $place  = $number % $PLACES;
    $self->{sent}[$place]   = $now;
    $self->{became}[$place] = $OPEN;
    my $error = $self->transmit($number);
    return if !$self->{running};    # that was answered at once, and the last one
    $self->{errors}{$number} = $error if defined $error;
    # One timer, for the oldest that is open.
    $self->{deadline} //= $self->{loop}->at($now + $WAIT, $self->{expire});

    return if $self->{count} && $self->{next} >= $self->{count};
    $self->{due} += $self->{interval};
    # One that was frozen does not catch up in a burst.
    $self->{due} = $now + $self->{interval} if $self->{due} < $now;
    $self->{timer} = $self->{loop}->at($self->{due}, $self->{again});
    return;
}

# Why nothing will come back for a request; it is lost when its time is over, like any other.
sub excuse {
    my ($self, $number, $error) = @_;
    $self->{errors}{$number} = $error if $self->_open($number);
    return;
}

sub _open {
    my ($self, $number) = @_;
    return $number >= $self->{oldest} && $number < $self->{next} && $self->{became}[ $number % $PLACES ] == $OPEN;
}

# The numbers of those that are.
sub open_ones {
    my ($self) = @_;
    return grep { $self->_open($_) } $self->{oldest} .. $self->{next} - 1;
}

sub _expire {
    my ($self) = @_;
    $self->{deadline} = undef;
    $self->look;
    return if !$self->{running};
    my $now = NeutronLab::Loop::now();
    while ($self->{oldest} < $self->{next}) {
        my $number = $self->{oldest};
        my $place  = $number % $PLACES;
        if ($self->{became}[$place] == $OPEN) {
            last if $self->{sent}[$place] + $WAIT > $now;
            $self->{became}[$place] = $LOST;
            $self->given_up($number);
            $self->{tell}->('lost', $number, $self->{sent}[$place], delete $self->{errors}{$number});
        }
        $self->{oldest}++;
    }
    return $self->_finish_if_all_is_known if $self->{oldest} == $self->{next};
    $self->{deadline} = $self->{loop}->at($self->{sent}[ $self->{oldest} % $PLACES ] + $WAIT, $self->{expire});
    return;
}

sub _finish_if_all_is_known {
    my ($self) = @_;
    $self->finish if $self->{count} && $self->{next} >= $self->{count} && !$self->open_ones;
    return;
}

# The answer to a request came at a time: the first one, a late one, or one more.
sub answered {
    my ($self, $number, $now) = @_;
    return if $number >= $self->{next} || $number < $self->{next} - $PLACES || $number < 0;
    my $place = $number % $PLACES;
    my $was   = $self->{became}[$place];
    my $mark  = $was == $OPEN ? '' : $was == $LOST ? 'late' : 'dup';
    $self->{became}[$place] = $was == $OPEN ? $ANSWERED : $LATE;
    $self->{received}++ if $mark ne 'dup';
    delete $self->{errors}{$number} if %{ $self->{errors} };
    $self->{tell}->('reply', $number, $self->{sent}[$place], $now, $mark);
    $self->_finish_if_all_is_known if $self->{count} && $mark eq '';
    return;
}

# Ends it and tells `done`, once.
sub finish {
    my ($self) = @_;
    return if !delete $self->{running};
    $self->look;
    $self->end;
    $self->{loop}->cancel($_) for grep { defined } @$self{qw(timer deadline)};
    delete @$self{qw(again expire)};
    $self->{tell}->('done', $self->{next}, $self->{received});
    return;
}

1;
