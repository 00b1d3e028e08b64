package NeutronLab::Json;

# Perl values as JSON in one line. Strings are bytes and come out as UTF-8, whatever they hold.

use v5.36;

my %ESCAPE = ("\n" => '\n', "\r" => '\r', "\t" => '\t', '"' => '\"', '\\' => '\\\\', "\f" => '\f', "\b" => '\b');

# What is not UTF-8 becomes U+FFFD a byte: a line is always valid JSON.
sub string {
    my ($text) = @_;
    return qq("$text") if $text !~ /[^ !#-\[\]-~]/;    # most are plain
    utf8::encode($text) if utf8::is_utf8($text);
    if ($text =~ /[\x80-\xff]/) {
        my $copy = $text;
        $text =~ s/[\x80-\xff]/\xef\xbf\xbd/g if !utf8::decode($copy) || $copy =~ /[\x{d800}-\x{dfff}]|[^\x{0}-\x{10ffff}]/;
    }
    $text =~ s/([\x00-\x1f"\\\x7f])/$ESCAPE{$1} || sprintf '\u%04x', ord $1/ge;
    return qq("$text");
}

# An array reference of names and values alternately: an object that keeps its order.
sub object {
    my (@pairs) = @_;
    return bless \@pairs, 'NeutronLab::Json::Object';
}

# Text that is JSON already.
sub raw {
    my ($text) = @_;
    return bless \$text, 'NeutronLab::Json::Raw';
}

# A number; anything else that is plain is a string.
sub number {
    my ($value) = @_;
    return raw(0 + $value);
}

# A time in seconds with six decimals.
sub seconds { return raw(sprintf '%.6f', $_[0]) }
sub true    { return raw('true') }
sub null    { return undef }

sub encode {
    my ($value) = @_;
    return 'null' if !defined $value;
    my $kind = ref $value;
    return string($value) if $kind eq '';
    return $$value        if $kind eq 'NeutronLab::Json::Raw';
    return '[' . join(',', map { encode($_) } @$value) . ']' if $kind eq 'ARRAY';
    my @parts;
    if ($kind eq 'NeutronLab::Json::Object') {
        for (my $i = 0; $i < @$value; $i += 2) {
            push @parts, string($value->[$i]) . ':' . encode($value->[ $i + 1 ]);
        }
    }
    else {
        push @parts, string($_) . ':' . encode($value->{$_}) for sort keys %$value;
    }
    return '{' . join(',', @parts) . '}';
}

1;
