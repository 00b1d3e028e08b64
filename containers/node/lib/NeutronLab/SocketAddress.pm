package NeutronLab::SocketAddress;

# Addresses as the kernel takes them (ip(7), ipv6(7)).

use v5.36;

my ($AF_INET, $AF_INET6) = (2, 10);

sub family { return $_[0] =~ /:/ ? $AF_INET6 : $AF_INET }

# An IPv4 address, or an IPv6 one with `%device` where it is link-local, with a port. Dies with a sentence.
sub of {
    my ($text, $port, $namespace) = @_;
    if (family($text) == $AF_INET) {
        my @bytes = $text =~ /\A(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\z/;
        die "not an address: $text\n" if !@bytes || grep { $_ > 255 } @bytes;
        return pack 'S n C4 x8', $AF_INET, $port, @bytes;
    }
    require Socket;
    my ($address, $device) = split /%/, $text, 2;
    my $bytes = Socket::inet_pton(Socket::AF_INET6(), $address) // die "not an address: $text\n";
    return pack 'S n N a16 L', $AF_INET6, $port, 0, $bytes, defined $device ? _index($namespace, $device) : 0;
}

sub _index {
    my ($namespace, $device) = @_;
    require NeutronLab::Netlink;
    my $socket = NeutronLab::Netlink::open_in($namespace, 0);
    NeutronLab::Netlink::request_dump($socket, $NeutronLab::Netlink::RTM_GETLINK);
    for my $message (NeutronLab::Netlink::receive($socket)) {
        return $message->{index} if $message->{kind} eq 'link' && $message->{name} eq $device;
    }
    die "no such device: $device\n";
}

1;
