package NeutronLab::Observe;

# What is on this node, as `observed` of the protocol tells it.

use strict;
use warnings;
use Digest::SHA ();
use NeutronLab::Files;
use NeutronLab::Json;
use NeutronLab::Namespace;
use NeutronLab::Netlink;
use NeutronLab::Processes;

use constant WHOLE => 1 << 16;    # bytes up to which a file's content is told

our @DIRECTORIES = ('/var/lib/neutron', '/etc/netns', '/var/lib/neutron-lab');
our $FAULTS      = '/run/neutron-lab/faults';

my @IPV4_ALL    = qw(arp_ignore arp_announce promote_secondaries rp_filter);
my @IPV6        = qw(forwarding addr_gen_mode accept_ra disable_ipv6);
my @BRIDGE      = qw(bridge-nf-call-iptables bridge-nf-call-ip6tables);
my $ADDR_ROUTE4 = "addr show\nroute show\n";

# Calls $done with what was observed (an object for Json). Children run in the pool, the rest is read right here.
sub observe {
    my ($pool, $done) = @_;
    my %namespaces;
    my $pending = 1;
    my $finish  = sub { $done->(_rest(\%namespaces)) if --$pending == 0 };
    my $ask     = sub {
        my ($namespace, $argv, $stdin, $on_text) = @_;
        $pending++;
        $pool->start(
            sub {
                my ($code, $out) = @_;
                $on_text->($out) if $code == 0;
                $finish->();
            },
            argv => $argv, namespace => $namespace, stdin => $stdin, timeout => 20, limit => 64 << 20,
        );
    };

    for my $name ('', NeutronLab::Namespace::names()) {
        my %facts = (addr => _json('[]'), route4 => _json('[]'), route6 => _json('[]'));
        # One that goes away while we look is not there.
        my $entered = eval {
            NeutronLab::Namespace::within($name, sub { $facts{sysctls} = _sysctls($name); $facts{has_route6} = _has_route6() });
            1;
        };
        next if !$entered;
        my $here = $namespaces{$name} = \%facts;
        $ask->($name, [ 'ip', '-j', '-d', '-batch', '-' ], $ADDR_ROUTE4, sub {
            my ($addr, $route) = split /\n/, $_[0];
            $here->{addr}   = _json($addr);
            $here->{route4} = _json($route);
        });
        if (delete $facts{has_route6}) {
            # Of IPv6, `ip` shows the main table's local routes only among those of all tables.
            $ask->($name, [qw(ip -j -d -6 route show table all)], undef, sub { $here->{route6} = _json($_[0]) });
        }
        if ($name eq '') {
            $ask->('', [ 'bridge', '-j', 'fdb', 'show' ], undef, sub { $here->{fdb} = _json($_[0]) });
        }
        for my $family (NeutronLab::Netlink::tables($name)) {
            my $what = $family == 4 ? 'iptables' : 'ip6tables';
            $ask->($name, ["$what-save"], undef, sub { $here->{$what} = $_[0] });
        }
        my $hostname = NeutronLab::Namespace::hostname($name);
        $here->{hostname} = $hostname if defined $hostname;
    }
    $finish->();
    return;
}

# Output of `ip -j`; iproute2 prints nothing at all where some lists are empty.
sub _json {
    my ($text) = @_;
    $text //= '';
    $text =~ s/\A\s+|\s+\z//g;
    $text =~ s/\n/ /g;
    my $copy = $text;
    $text =~ s/[\x80-\xff]/\xef\xbf\xbd/g if !utf8::decode($copy);
    return NeutronLab::Json::raw($text eq '' ? '[]' : $text);
}

# Has the main table of IPv6 anything? The kernel's own list is cheaper than a process: entries of `lo` are the local
# table's or the null entry, which alone has the highest metric.
sub _has_route6 {
    my $text = NeutronLab::Files::slurp('/proc/net/ipv6_route') // return 0;
    for (split /\n/, $text) {
        my @fields = split ' ';
        next if @fields < 10;
        return 1 if $fields[9] ne 'lo' || ($fields[5] ne 'ffffffff' && !(hex($fields[8]) & 0x80000000));
    }
    return 0;
}

sub _sysctls {
    my ($namespace) = @_;
    my @names = ('net/ipv4/ip_forward', 'net/ipv4/ip_nonlocal_bind', map { "net/ipv4/conf/all/$_" } @IPV4_ALL);
    for my $conf ('all', 'default') { push @names, map { "net/ipv6/conf/$conf/$_" } @IPV6 }
    push @names, map { "net/bridge/$_" } @BRIDGE if $namespace eq '';
    my @devices;
    if (opendir my $directory, '/proc/sys/net/ipv4/conf') {
        @devices = grep { !/^(?:\.\.?|all|default|lo)\z/ } readdir $directory;
    }
    for my $device (@devices) {
        push @names, map({"net/ipv6/conf/$device/$_"} @IPV6), "net/ipv4/conf/$device/rp_filter";
    }
    my %values;
    for my $path (@names) {
        my $value = NeutronLab::Files::slurp("/proc/sys/$path") // next;
        chomp $value;
        (my $name = $path) =~ tr{/.}{./};
        $values{$name} = $value;
    }
    return \%values;
}

sub _rest {
    my ($namespaces) = @_;
    my (@files, @processes, @faults);
    for my $directory (@DIRECTORIES) {
        NeutronLab::Files::walk($directory, sub { push @files, _file($_[0]) });
    }
    my $map = NeutronLab::Processes::namespace_map();
    for my $path (NeutronLab::Processes::pid_files()) {
        my $pid  = NeutronLab::Processes::of_pid_file($path) // next;
        my $argv = NeutronLab::Processes::argv($pid)         // next;
        push @processes, {
            pid       => NeutronLab::Json::number($pid),
            argv      => $argv,
            namespace => NeutronLab::Processes::namespace_of($pid, $map),
            pidFile   => $path,
        };
    }
    NeutronLab::Files::walk($FAULTS, sub {
        my ($path) = @_;
        push @faults, { name => substr($path, 1 + length $FAULTS), content => NeutronLab::Files::slurp($path, WHOLE) };
    });
    return (namespaces => $namespaces, files => \@files, processes => \@processes, faults => \@faults);
}

sub _file {
    my ($path) = @_;
    my $content = NeutronLab::Files::slurp($path) // return ();
    my $mode    = (stat $path)[2] // return ();
    return {
        path   => $path,
        mode   => NeutronLab::Json::number($mode & 07777),
        size   => NeutronLab::Json::number(length $content),
        sha256 => Digest::SHA::sha256_hex($content),
        length $content > WHOLE ? () : (content => $content),
    };
}

1;
