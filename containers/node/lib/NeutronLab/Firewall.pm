package NeutronLab::Firewall;

# The rules of a namespace, as iptables-save and its like print them. That takes processes, more than all else that is looked
# at, so the text is kept for as long as it cannot have changed: nftables counts the changes of a namespace's rules
# (NFT_MSG_GETGEN), and a network namespace has a number that no other ever has. Where the kernel lacks one of these, nothing
# is kept. The counters in the text are as old as the text.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Netlink;
use NeutronLab::Syscall;

our $CACHE = '/run/neutron-lab/cache/firewalls';

my $LARGEST = 1 << 20;    # bytes of text above which nothing is kept
# What prints the rules of which address family: AF_INET, AF_INET6 and AF_BRIDGE.
my %TOOLS = (2 => 'iptables', 10 => 'ip6tables', 7 => 'ebtables');
my @TOOLS = qw(iptables ip6tables ebtables);

# ipset's messages on netfilter's sockets (linux/netfilter/ipset/ip_set.h): its list, of names only.
my $IPSET_CMD_LIST = 6 << 8 | 7;
my ($IPSET_ATTR_PROTOCOL, $IPSET_PROTOCOL, $IPSET_ATTR_FLAGS, $IPSET_FLAG_LIST_SETNAME) = (1, 7, 6, 2);
my $NLA_F_NET_BYTEORDER = 1 << 14;
my ($NFT_MSG_GETTABLE, $NFT_MSG_NEWGEN, $NFT_MSG_GETGEN, $NFTA_GEN_ID) = (10 << 8 | 1, 10 << 8 | 15, 10 << 8 | 16, 1);

# What was kept at an earlier look.
sub new {
    my ($class) = @_;
    my $bytes = NeutronLab::Files::slurp($CACHE) // '';
    # Strings in fives: cookie, generation, a text of each tool. What makes no sense is as if it were not there.
    my @strings = eval { unpack '(N/a)*', $bytes };
    my %kept;
    while (@strings >= 2 + @TOOLS) {
        my ($cookie, $generation, @texts) = splice @strings, 0, 2 + @TOOLS;
        $kept{"$cookie $generation"}->@{@TOOLS} = @texts;
    }
    return bless { bytes => $bytes, kept => \%kept, looks => [] }, $class;
}

# Looks at a namespace through a netfilter socket that was opened in it. Calls $save with `iptables`, `ip6tables` or `ebtables`
# for each whose text is not known, and $known with the same and the text where it is.
sub look {
    my ($self, $socket, $save, $known) = @_;
    # First the count, then the text: one that is changed in between is filed under a count that is over.
    my $look = { cookie => NeutronLab::Syscall::network_cookie($socket), generation => _generation($socket), texts => {} };
    push @{ $self->{looks} }, $look;
    my $texts = defined $look->{cookie} && defined $look->{generation} && $self->{kept}{"$look->{cookie} $look->{generation}"};
    if ($texts) {
        $look->{texts} = $texts;
        for my $tool (@TOOLS) {
            $known->($tool, $texts->{$tool}) if $texts->{$tool} ne '';
        }
        return;
    }
    for my $tool (_tools($socket)) {
        $look->{missing}++;
        $save->($tool, sub {
            my ($text) = @_;
            $look->{missing}--;
            $look->{texts}{$tool} = $text;
            $known->($tool, $text);
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
        my @texts = map { $look->{texts}{$_} // '' } @TOOLS;
        # The names of sets in it are resolved when it is printed, but the kernel renames no set that a rule refers to.
        next if length join('', @texts) > $LARGEST;
        $bytes .= pack '(N/a)*', $look->{cookie}, $look->{generation}, @texts;
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

# Is there a set of addresses? Where there is none, `ipset save` need not be asked.
sub has_sets {
    my ($socket) = @_;
    my $body = pack 'C C n  S S C x3  S S N', 0, 0, 0, 5, $IPSET_ATTR_PROTOCOL, $IPSET_PROTOCOL,
        8, $IPSET_ATTR_FLAGS | $NLA_F_NET_BYTEORDER, $IPSET_FLAG_LIST_SETNAME;
    my @sets = eval { NeutronLab::Netlink::dump($socket, $IPSET_CMD_LIST, $body) };
    return scalar @sets;
}

# Which tools have rules to print: those whose address family has tables. The kernel answers at once.
sub _tools {
    my ($socket) = @_;
    my @tables = eval { NeutronLab::Netlink::dump($socket, $NFT_MSG_GETTABLE, pack 'C C n', 0, 0, 0) };
    my %found;
    $found{ $TOOLS{ unpack 'C', $_ } // '' } = 1 for @tables;
    return grep { $found{$_} } @TOOLS;
}

1;
