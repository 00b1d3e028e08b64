package NeutronLab::Firewall;

# The rules of a namespace, as iptables-save prints them. That takes two processes a namespace, more than all else that is
# looked at, so the text is kept for as long as it cannot have changed: nftables counts the changes of a namespace's rules
# (NFT_MSG_GETGEN), and a network namespace has a number that no other ever has. Where the kernel lacks one of these, nothing
# is kept. The counters in the text are as old as the text.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Netlink;
use NeutronLab::Syscall;

our $CACHE = '/run/neutron-lab/cache/firewalls';

my $LARGEST = 1 << 20;    # bytes of text above which nothing is kept
my ($AF_INET, $AF_INET6) = (2, 10);
my ($NFT_MSG_GETTABLE, $NFT_MSG_NEWGEN, $NFT_MSG_GETGEN, $NFTA_GEN_ID) = (10 << 8 | 1, 10 << 8 | 15, 10 << 8 | 16, 1);

# What was kept at an earlier look.
sub new {
    my ($class) = @_;
    my $bytes = NeutronLab::Files::slurp($CACHE) // '';
    # Strings in fours: cookie, generation, text of IPv4, of IPv6. What makes no sense is as if it were not there.
    my @strings = eval { unpack '(N/a)*', $bytes };
    my %kept;
    while (@strings >= 4) {
        my ($cookie, $generation, @texts) = splice @strings, 0, 4;
        $kept{"$cookie $generation"} = \@texts;
    }
    return bless { bytes => $bytes, kept => \%kept, looks => [] }, $class;
}

# Looks at a namespace through a netfilter socket that was opened in it. Calls $save with 4 or 6 for each family whose text
# is not known, and $known with the family and its text where it is.
sub look {
    my ($self, $socket, $save, $known) = @_;
    # First the count, then the text: one that is changed in between is filed under a count that is over.
    my $look = { cookie => NeutronLab::Syscall::network_cookie($socket), generation => _generation($socket), texts => [ '', '' ] };
    push @{ $self->{looks} }, $look;
    my $texts = defined $look->{cookie} && defined $look->{generation} && $self->{kept}{"$look->{cookie} $look->{generation}"};
    if ($texts) {
        $look->{texts} = $texts;
        for my $family (4, 6) {
            my $text = $texts->[ $family == 6 ];
            $known->($family, $text) if $text ne '';
        }
        return;
    }
    for my $family (_families($socket)) {
        $look->{missing}++;
        $save->($family, sub {
            my ($text) = @_;
            $look->{missing}--;
            $look->{texts}[ $family == 6 ] = $text;
            $known->($family, $text);
        });
    }
    return;
}

# Keeps what was seen in this look at the node, and nothing of namespaces that are gone.
sub keep {
    my ($self) = @_;
    my $bytes = '';
    for my $look (@{ $self->{looks} }) {
        next if $look->{missing} || !defined $look->{cookie} || !defined $look->{generation};
        my $text = join '', @{ $look->{texts} };
        # The names of sets are resolved when the text is printed: they can change without the rules.
        next if length $text > $LARGEST || $text =~ /--match-set|-j SET/;
        $bytes .= pack '(N/a)*', $look->{cookie}, $look->{generation}, @{ $look->{texts} };
    }
    return if $bytes eq $self->{bytes};
    eval { NeutronLab::Files::replace($CACHE, 0600, $bytes) };    # where it cannot be kept, it is asked again
    return;
}

sub _generation {
    my ($socket) = @_;
    eval { NeutronLab::Netlink::ask($socket, $NFT_MSG_GETGEN, 0, pack 'C C n', 0, 0, 0); 1 } or return undef;
    defined recv $socket, my $bytes, 1 << 12, 0 or return undef;
    return undef if length $bytes < 20 || unpack('@4 S', $bytes) != $NFT_MSG_NEWGEN;
    my $id = NeutronLab::Netlink::attributes(substr $bytes, 20)->{$NFTA_GEN_ID} // return undef;
    return unpack 'N', $id;
}

# Which address families have tables. The kernel answers at once.
sub _families {
    my ($socket) = @_;
    my %families;
    my @tables = eval { NeutronLab::Netlink::dump($socket, $NFT_MSG_GETTABLE, pack 'C C n', 0, 0, 0) };
    for my $family (map { unpack 'C', $_ } @tables) {
        $families{4} = 1 if $family == $AF_INET;
        $families{6} = 1 if $family == $AF_INET6;
    }
    return sort keys %families;
}

1;
