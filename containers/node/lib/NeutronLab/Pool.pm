package NeutronLab::Pool;

# At most so many children at once; the others wait in line.

use v5.36;

sub new {
    my ($class, $loop, $size) = @_;
    return bless { loop => $loop, free => $size, waiting => [] }, $class;
}

# As NeutronLab::Child::start; the child starts when there is room, and on_start is told then.
sub start {
    my ($self, $on_end, %options) = @_;
    push @{ $self->{waiting} }, [ $on_end, %options ];
    $self->_next;
    return;
}

sub _next {
    my ($self) = @_;
    while ($self->{free} > 0 && @{ $self->{waiting} }) {
        my ($on_end, %options) = @{ shift @{ $self->{waiting} } };
        $self->{free}--;
        my $on_start = delete $options{on_start};
        $on_start->() if $on_start;
        require NeutronLab::Child;
        my $started = eval {
            NeutronLab::Child::start(
                $self->{loop},
                sub {
                    $self->{free}++;
                    $on_end->(@_);
                    $self->_next;
                },
                %options
            );
            1;
        };
        next if $started;
        $self->{free}++;
        $on_end->(127, '', $@);
    }
    return;
}

1;
