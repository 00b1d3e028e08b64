package NeutronLab::Observe;

# What is on this node, as `observed` of the protocol tells it.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Firewall;
use NeutronLab::Json;
use NeutronLab::Namespace;
use NeutronLab::Netlink;
use NeutronLab::NetworkState;
use NeutronLab::Processes;

my $WHOLE = 1 << 16;    # bytes up to which a file's content is told

our @DIRECTORIES = ('/var/lib/neutron', '/etc/netns', '/var/lib/neutron-lab');
our $FAULTS      = '/run/neutron-lab/faults';

my @IPV4_ALL    = qw(arp_ignore arp_announce promote_secondaries rp_filter);
my @IPV6        = qw(forwarding addr_gen_mode accept_ra disable_ipv6);
my @BRIDGE      = qw(bridge-nf-call-iptables bridge-nf-call-ip6tables);

# Calls $done with what was observed (an object for Json). Children run in the pool, the rest is read right here.
sub observe {
    my ($pool, $done) = @_;
    my (%namespaces, %networks);
    my $firewall = NeutronLab::Firewall->new;
    my $pending  = 1;
    my $finish   = sub {
        return if --$pending;
        $firewall->keep;
        $done->(_rest(\%namespaces, \%networks));
    };
    for my $name ('', NeutronLab::Namespace::names()) {
        # One that goes away while we look is not there.
        my ($here, $network, $netfilter) = eval { _namespace($name) } or next;
        $namespaces{$name} = $here;
        $networks{$network} = $name if defined $network;
        my $ask = sub {
            my ($argv, $on_text) = @_;
            $pending++;
            $pool->start(
                sub {
                    my ($code, $text) = @_;
                    $on_text->($text) if $code == 0;
                    $finish->();
                },
                argv => $argv, namespace => $name, timeout => 20, limit => 64 << 20,
            );
        };
        my $known = sub { my ($tool, $text) = @_; $here->{$tool} = $text };
        my $save  = sub { my ($tool, $saved) = @_; $ask->(["$tool-save"], $saved) };
        next if !$netfilter;
        $firewall->look($netfilter, $save, $known);
        $ask->([ 'ipset', 'save' ], sub { $here->{ipset} = $_[0] }) if $name eq '' && NeutronLab::Firewall::has_sets($netfilter);
    }
    $finish->();
    return;
}

# What the kernel tells of a namespace, what its processes' network is known by, and a netfilter socket in it.
sub _namespace {
    my ($name) = @_;
    my ($sysctls, $network, $route, $netfilter) = NeutronLab::Namespace::within($name, sub {
        return (
            _sysctls($name), NeutronLab::Processes::network('self'),
            NeutronLab::Netlink::open_here(0, $NeutronLab::Netlink::ROUTE),
            scalar eval { NeutronLab::Netlink::open_here(0, $NeutronLab::Netlink::NETFILTER) },
        );
    });
    my %facts    = NeutronLab::NetworkState::look($route, $name eq '');
    $facts{sysctls} = { %{ $facts{sysctls} }, %$sysctls };
    my $hostname = NeutronLab::Namespace::hostname($name);
    $facts{hostname} = $hostname if defined $hostname;
    return (\%facts, $network, $netfilter);
}

# Those that are of no device.
sub _sysctls {
    my ($namespace) = @_;
    my @names = ('net/ipv4/ip_forward', 'net/ipv4/ip_nonlocal_bind', 'net/netfilter/nf_conntrack_tcp_be_liberal', map { "net/ipv4/conf/all/$_" } @IPV4_ALL);
    for my $conf ('all', 'default') { push @names, map { "net/ipv6/conf/$conf/$_" } @IPV6 }
    push @names, map { "net/bridge/$_" } @BRIDGE if $namespace eq '';
    my %values;
    for my $path (@names) {
        # One read is the whole of it; there are many of these.
        open my $file, '<:raw', "/proc/sys/$path" or next;
        sysread $file, my $value, 4096 or next;
        chomp $value;
        (my $name = $path) =~ tr{/.}{./};
        $values{$name} = $value;
    }
    return \%values;
}

sub _rest {
    my ($namespaces, $networks) = @_;
    my (@files, @processes, @faults);
    for my $directory (@DIRECTORIES) {
        NeutronLab::Files::walk($directory, sub { push @files, _file($_[0]) });
    }
    for my $path (NeutronLab::Processes::pid_files()) {
        my $pid     = NeutronLab::Processes::of_pid_file($path) // next;
        my $argv    = NeutronLab::Processes::argv($pid)         // next;
        my $network = NeutronLab::Processes::network($pid);
        push @processes, {
            pid       => NeutronLab::Json::number($pid),
            argv      => $argv,
            namespace => defined $network ? $networks->{$network} : undef,
            pidFile   => $path,
        };
    }
    NeutronLab::Files::walk($FAULTS, sub {
        my ($path) = @_;
        push @faults, { name => substr($path, 1 + length $FAULTS), content => NeutronLab::Files::slurp($path, $WHOLE) };
    });
    return (namespaces => $namespaces, files => \@files, processes => \@processes, faults => \@faults);
}

sub _file {
    my ($path) = @_;
    my $content = NeutronLab::Files::slurp($path) // return ();
    my $mode    = (stat $path)[2] // return ();
    my %file = (path => $path, mode => NeutronLab::Json::number($mode & 07777), size => NeutronLab::Json::number(length $content));
    return { %file, content => $content } if length $content <= $WHOLE;
    require Digest::SHA;
    return { %file, sha256 => Digest::SHA::sha256_hex($content) };
}

1;
