package NeutronLab::Session;

# One client: requests from standard input, lines to standard output (PROTOCOL.md). What only one verb needs is loaded
# when it comes: most sessions are one `observe`.

use v5.36;
use NeutronLab::Files;
use NeutronLab::Json;
use NeutronLab::Loop;
use NeutronLab::Netstring;
use NeutronLab::Pool;
use NeutronLab::Syscall;

our $VERSION = '1';
our $LOCK    = '/run/neutron-lab/lock';
our $READY   = '/run/neutron-lab/init';    # init makes it last

# CHILDREN: at once in an apply or observe; most of their time they wait for the kernel, which lets several commits of
# rules wait together. BACKLOG: bytes that a client may leave unread. PATIENCE: seconds that an
# observe waits for another session's apply. GATHER: seconds that what became of a probe's requests may wait for more of it.
# FAREWELL: seconds that a session outlives the TERM of a node that shuts down, to tell what the others do of it: keepalived
# drops its addresses within some milliseconds.
my ($CHILDREN, $BACKLOG, $PATIENCE, $LOCK_LOOK, $GATHER, $FAREWELL) = (16, 64 << 20, 2, 0.004, 0.1, 0.3);

my %VERBS = (
    observe => \&_observe, apply => \&_apply, watch => \&_watch, run => \&_run, ping => \&_ping, probe => \&_probe, echo => \&_echo,
    cancel => \&_cancel,
);

sub main {
    $SIG{PIPE} = 'IGNORE';
    NeutronLab::Files::bound_logs();
    my $loop = NeutronLab::Loop->new;
    my $self = bless {
        loop => $loop, requests => NeutronLab::Netstring->new, out => '', replies => [], lasting => {}, busy => 0,
        pool => NeutronLab::Pool->new($loop, $CHILDREN),
    }, __PACKAGE__;
    # A client may be quicker than the node's init.
    for (my $tries = 0; $tries < 1000 && !-e $READY; $tries++) { select undef, undef, undef, 0.002 }
    NeutronLab::Files::set_nonblocking($_, 1) for \*STDIN, \*STDOUT;
    my $boot = NeutronLab::Files::slurp('/proc/sys/kernel/random/boot_id') // '';
    chomp $boot;
    $self->_line(type => 'hello', version => $VERSION, t => NeutronLab::Json::seconds(NeutronLab::Loop::now()),
        real => NeutronLab::Json::seconds(NeutronLab::Syscall::clock($NeutronLab::Syscall::REALTIME)), boot => $boot, arch => $NeutronLab::Syscall::ARCHITECTURE);
    $SIG{TERM} = sub {
        $SIG{TERM} = 'IGNORE';
        $loop->after($FAREWELL, sub { $loop->stop });
    };
    $loop->on_readable(0, sub { $self->_input });
    $loop->run;
    # What was told to be said is said, though nobody may be listening any more.
    NeutronLab::Files::set_nonblocking(\*STDOUT, 0);
    $self->_flush;
    return;
}

sub _input {
    my ($self) = @_;
    my $count = sysread STDIN, my $bytes, 1 << 20;
    return if !defined $count && ($! == $NeutronLab::Syscall::EAGAIN || $! == $NeutronLab::Syscall::EINTR);
    return $self->_end if !$count;
    $self->{requests}->add($bytes);
    while (1) {
        my $request = eval { $self->{requests}->next };
        if ($@) {
            $self->_error(undef, $@);
            return $self->_end;
        }
        last if !$request;
        $self->_request(@$request);
    }
    return;
}

# After the end of input what lasts is over, what was begun is finished.
sub _end {
    my ($self) = @_;
    return if $self->{ending}++;
    $self->{loop}->forget_readable(0);
    $self->_cancel(undef, $_) for keys %{ $self->{lasting} };
    $self->{loop}->stop if !$self->{busy};
    return;
}

sub _done {
    my ($self) = @_;
    $self->{busy}--;
    $self->{loop}->stop if $self->{ending} && !$self->{busy};
    return;
}

sub _request {
    my ($self, $verb, $id, @strings) = @_;
    return $self->_error(undef, "a request has a verb and an id\n") if !defined $id || $id !~ /\A[0-9]{1,15}\z/;
    my $code = $VERBS{$verb} or return $self->_error($id, "no such verb: $verb\n");
    return $self->_error($id, "this id is in use\n") if $self->{lasting}{$id} && $verb ne 'cancel';
    eval { $code->($self, $id, @strings); 1 } or $self->_error($id, $@);
    return;
}

sub _error {
    my ($self, $id, $message) = @_;
    $message =~ s/\s+\z//a;
    return $self->_line(id => _id($id), type => 'error', message => $message);
}

sub _id { return defined $_[0] ? NeutronLab::Json::number($_[0]) : undef }

sub _line {
    my ($self, @pairs) = @_;
    $self->_word_replies;
    $self->{out} .= NeutronLab::Json::encode(NeutronLab::Json::object(@pairs)) . "\n";
    # Lines of one turn of the loop go in one write.
    $self->{loop}->on_writable(1, sub { $self->_flush });
    return;
}

# As `_line`, but for what comes by the hundred: several lines are one write, one wake-up for each that is on their way, and
# cost a fraction. Whatever else is said meanwhile takes them along.
sub _gathered {
    my ($self, $line) = @_;
    $self->_word_replies;
    $self->{out} .= $line;
    $self->{gathering} //= $self->{loop}->after($GATHER, sub { $self->_flush });
    return;
}

# What came of a probe is in the order in which it came, also among other lines.
sub _word_replies {
    my ($self) = @_;
    my $replies = $self->{replies};
    while (my ($start, $seq, $sent, $t, $mark) = splice @$replies, 0, 5) {
        my $marked = $mark eq '' ? '' : qq(,"$mark":true);
        $self->{out} .= sprintf qq(%s"reply","seq":%d,"sent":%.6f,"t":%.6f%s}\n), $start, $seq, $sent, $t, $marked;
    }
    return;
}

sub _flush {
    my ($self) = @_;
    $self->{loop}->cancel(delete $self->{gathering});
    $self->_word_replies;
    while (length $self->{out}) {
        my $count = syswrite STDOUT, $self->{out}, 1 << 20;
        if (!defined $count) {
            next if $! == $NeutronLab::Syscall::EINTR;
            exit 1 if $! != $NeutronLab::Syscall::EAGAIN || length $self->{out} >= $BACKLOG;    # nobody reads any more
            $self->{loop}->on_writable(1, sub { $self->_flush });
            last;
        }
        substr $self->{out}, 0, $count, '';
    }
    $self->{loop}->forget_writable(1) if !length $self->{out};
    return;
}

# One apply at a time on a node, and no look while one is under way; whose session it is does not matter.
sub _locked {
    my ($self, $mode, $patience, $code) = @_;
    open my $file, '>>', $LOCK or die "$LOCK: $!\n";
    my $until = NeutronLab::Loop::now() + $patience;
    $self->{busy}++;
    my $unlock = sub { close $file; $self->_done };
    my $try;
    $try = sub {
        if (!flock($file, $mode | $NeutronLab::Syscall::LOCK_NB) && NeutronLab::Loop::now() < $until) {
            $self->{loop}->after($LOCK_LOOK, $try);
            return;
        }
        undef $try;
        $code->($unlock);
    };
    $try->();
    return;
}

sub _observe {
    my ($self, $id) = @_;
    require NeutronLab::Observe;
    $self->_locked($NeutronLab::Syscall::LOCK_SH, $PATIENCE, sub {
        my ($unlock) = @_;
        # When the look began: what changes while it lasts may not be in it, and its event is told as later than this.
        my $t = NeutronLab::Json::seconds(NeutronLab::Loop::now());
        NeutronLab::Observe::observe($self->{pool}, sub {
            $self->_line(id => _id($id), type => 'observed', t => $t, @_);
            $unlock->();
        });
    });
    return;
}

sub _apply {
    my ($self, $id, @strings) = @_;
    require NeutronLab::Apply;
    my $steps = NeutronLab::Step::parse(@strings);
    $self->_locked($NeutronLab::Syscall::LOCK_EX, 600, sub {
        my ($unlock) = @_;
        NeutronLab::Apply->new($self->{loop}, $self->{pool}, $steps, sub {
            my ($type, @values) = @_;
            $self->_line(id => _id($id), type => $type, @values);
            $unlock->() if $type eq 'applied';
        })->run;
    });
    return;
}

sub _run {
    my ($self, $id, $namespace, $timeout, $stdin, @argv) = @_;
    die "a run has a namespace, a timeout in milliseconds, an input and a command\n"
        if !@argv || $argv[0] eq '' || $timeout !~ /\A[1-9][0-9]{0,8}\z/ || grep { /\0/ } @argv;
    require NeutronLab::Child;
    my $child = NeutronLab::Child::start(
        $self->{loop},
        sub {
            my ($code, $out, $err) = @_;
            $self->_line(id => _id($id), type => 'exit', code => NeutronLab::Json::number($code), stdout => $out, stderr => $err);
            $self->_done;
        },
        argv => \@argv, namespace => $namespace, stdin => $stdin, timeout => $timeout / 1000,
    );
    $self->{busy}++;
    return;
}

sub _watch {
    my ($self, $id, $words) = @_;
    my %kinds = map { $_ => 1 } split ' ', $words // '';
    my @unknown = grep { !/\A(?:addresses|links|processes|adverts|arp)\z/ } sort keys %kinds;
    die "nothing to watch is called $unknown[0]\n" if @unknown;
    die "a watch names what to watch\n"            if !%kinds;
    my $tell = sub {
        my ($type, @values) = @_;
        $self->_line(id => _id($id), type => $type, t => NeutronLab::Json::seconds(NeutronLab::Loop::now()), @values);
    };
    require NeutronLab::NetworkWatch;
    require NeutronLab::ProcessWatch;
    my @watches;
    push @watches, NeutronLab::ProcessWatch->new($self->{loop}, sub {
        my ($file, $pid, $action) = @_;
        $tell->('process', pidFile => $file, pid => NeutronLab::Json::number($pid), action => $action);
    }) if $kinds{processes};
    push @watches, NeutronLab::NetworkWatch->new($self->{loop}, $tell, %kinds)
        if grep { $kinds{$_} } qw(addresses links adverts arp);
    $tell->('watching');
    $self->{lasting}{$id} = sub {
        $_->close for @watches;
        $tell->('done');
    };
    return;
}

sub _ping {
    my ($self, $id, $namespace, $source, $destination, $interval, $count, $size) = @_;
    die "a ping has a namespace, a source, a destination, an interval in milliseconds and a count\n"
        if !defined $count || !_pace($interval, $count);
    require NeutronLab::Ping;
    # What fits into a packet of IPv4 (RFC 791, 3.1), as ping(8) has it.
    die "the size of a ping is $NeutronLab::Ping::OWN to 65507 bytes\n"
        if defined $size && ($size !~ /\A[1-9][0-9]{0,4}\z/ || $size < $NeutronLab::Ping::OWN || $size > 65507);
    return $self->_begin('NeutronLab::Ping', $id, $interval, $count,
        namespace => $namespace, source => $source, destination => $destination, size => $size // 0);
}

# What a probe of each kind is, and the words that it has beside the others.
my %PROBES = (
    http => [ 'NeutronLab::HttpProbe', qw(port) ],
    tcp  => [ 'NeutronLab::TcpProbe',  qw(port) ],
    dhcp => [ 'NeutronLab::DhcpProbe', qw(address mac device) ],
);
my %FORMS = (
    port    => qr/\A[1-9][0-9]{0,4}\z/,
    address => qr/\A[0-9]{1,3}(?:\.[0-9]{1,3}){3}\z/,
    mac     => qr/\A[0-9a-f]{2}(?::[0-9a-f]{2}){5}\z/,
    device  => qr/\A[\w.-]{1,15}\z/,
);

sub _probe {
    my ($self, $id, $kind, $namespace, $destination, $interval, $count, @more) = @_;
    my ($module, @names) = @{ $PROBES{ $kind // '' } // die "no probe is of that kind\n" };
    die "a probe has a kind, a namespace, a destination, an interval in milliseconds, a count and what its kind needs\n"
        if @more != @names || !_pace($interval, $count);
    my %own;
    for my $name (@names) {
        $own{$name} = shift @more;
        die "not a $name: $own{$name}\n" if $own{$name} !~ $FORMS{$name};
    }
    require($module =~ s{::}{/}gr . '.pm');
    return $self->_begin($module, $id, $interval, $count, namespace => $namespace, destination => $destination, %own);
}

sub _pace {
    my ($interval, $count) = @_;
    return $interval =~ /\A[1-9][0-9]{0,7}\z/ && $count =~ /\A[0-9]{1,9}\z/;
}

# A probe that lasts, or one of so many requests; every one tells the same.
sub _begin {
    my ($self, $module, $id, $interval, $count, %options) = @_;
    my $start  = sprintf '{"id":%d,"type":', $id;
    my $number = sub { NeutronLab::Json::number($_[0]) };
    my $tell = {
        # Fifty a second of each probe: without the detour over values, and put into words several at a time.
        reply => sub {
            push @{ $self->{replies} }, $start, @_;
            $self->{gathering} //= $self->{loop}->after($GATHER, sub { $self->_flush });
        },
        lost => sub {
            my ($seq, $sent, $error) = @_;
            my $why = defined $error ? ',"error":' . NeutronLab::Json::string($error) : '';
            $self->_gathered(sprintf qq(%s"lost","seq":%d,"sent":%.6f%s}\n), $start, $seq, $sent, $why);
        },
        broken => sub {
            my ($seq, $t, $error) = @_;
            $self->_line(id => _id($id), type => 'broken', seq => $number->($seq), t => NeutronLab::Json::seconds($t), error => $error);
        },
        done => sub {
            my ($sent, $received) = @_;
            delete $self->{lasting}{$id};
            $self->_line(id => _id($id), type => 'done', sent => $number->($sent), received => $number->($received));
            $self->_done if $count;
        },
    };
    my $probe = $module->new(
        $self->{loop},
        sub { my $what = shift; $tell->{$what}->(@_) },
        interval => $interval / 1000, count => $count, %options,
    );
    $self->{busy}++ if $count;
    $self->{lasting}{$id} = sub { $probe->finish };
    return;
}

sub _echo {
    my ($self, $id, $namespace, $port) = @_;
    die "an echo has a namespace and a port\n" if !defined $port || $port !~ $FORMS{port};
    require NeutronLab::Echo;
    my $echo = NeutronLab::Echo->new($self->{loop}, $namespace, $port);
    $self->_line(id => _id($id), type => 'listening');
    $self->{lasting}{$id} = sub {
        $echo->close;
        $self->_line(id => _id($id), type => 'done');
    };
    return;
}

sub _cancel {
    my ($self, undef, $other) = @_;
    die "nothing to cancel has this id\n" if !defined $other;
    my $finish = delete $self->{lasting}{$other} or die "nothing to cancel has this id: $other\n";
    $finish->();
    return;
}

1;
