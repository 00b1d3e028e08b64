package NeutronLab::Netstring;

# Requests as they come from standard input: COUNT, a newline, and COUNT netstrings (cr.yp.to/proto/netstrings.txt).

use v5.36;

my ($MAX_COUNT, $MAX_LENGTH) = (4_000_000, 64 << 20);

sub new {
    my ($class) = @_;
    return bless { buffer => '', offset => 0, want => undef, strings => [] }, $class;
}

sub add {
    my ($self, $bytes) = @_;
    $self->{buffer} .= $bytes;
    return;
}

# The next whole request as a list reference, or undef until more has come. Dies where the stream makes no sense:
# then there is no way to tell where the next request would begin.
sub next {
    my ($self) = @_;
    for my $buffer ($self->{buffer}) {
        pos($buffer) = $self->{offset};
        if (!defined $self->{want}) {
            if ($buffer !~ /\G([0-9]{1,7})\n/gc) {
                die "a request begins with its count of strings and a newline\n"
                    if substr($buffer, $self->{offset}, 9) !~ /^[0-9]{0,7}\z/;
                return $self->_pause($self->{offset});
            }
            die "too many strings in a request: $1\n" if $1 > $MAX_COUNT;
            $self->{want} = $1;
        }
        my $at = pos $buffer;
        while (@{ $self->{strings} } < $self->{want}) {
            pos($buffer) = $at;
            if ($buffer !~ /\G([0-9]{1,8}):/gc) {
                die "a string begins with its length and a colon\n" if substr($buffer, $at, 9) !~ /^[0-9]{0,8}\z/;
                return $self->_pause($at);
            }
            my ($length, $start) = ($1, pos $buffer);
            die "a string is too long: $length\n" if $length > $MAX_LENGTH;
            return $self->_pause($at) if length($buffer) < $start + $length + 1;
            die "a string ends with a comma\n" if substr($buffer, $start + $length, 1) ne ',';
            push @{ $self->{strings} }, substr $buffer, $start, $length;
            $at = $start + $length + 1;
        }
        my $request = $self->{strings};
        @$self{qw(want strings)} = (undef, []);
        $self->_pause($at);
        return $request;
    }
}

sub _pause {
    my ($self, $offset) = @_;
    $self->{offset} = $offset;
    if ($offset > 1 << 16 || $offset == length $self->{buffer}) {
        substr $self->{buffer}, 0, $offset, '';
        $self->{offset} = 0;
    }
    return undef;
}

1;
