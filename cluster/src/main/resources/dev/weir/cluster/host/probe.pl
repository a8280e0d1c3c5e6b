# Sends to ports of other machines, or sends back what comes to ports of this one.
#   listen SECONDS TARGETS             opens ports, prints a line for each, and goes on in the background
#   serve SECONDS TARGETS              the same in the foreground
#   send SECONDS SIZES HOSTS TARGETS   prints a line HOST TARGET SIZE RESULT for each
# TARGETS are tcp:PORT and udp:PORT; all lists have commas.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use POSIX ();

$| = 1;
$SIG{PIPE} = 'IGNORE';

sub opened {
  my ($protocol, $port) = split /:/, shift;
  my @more = $protocol eq 'tcp' ? (Listen => 64, ReuseAddr => 1) : ();
  return IO::Socket::INET->new(LocalAddr => '0.0.0.0', LocalPort => $port, Proto => $protocol, @more);
}

sub serve {
  my ($seconds, @sockets) = @_;
  $SIG{CHLD} = 'IGNORE';
  alarm $seconds;
  my $select = IO::Select->new(@sockets);
  while (1) {
    for my $ready ($select->can_read) {
      my $data = '';
      if ($ready->socktype == SOCK_DGRAM) {
        my $peer = $ready->recv($data, 65536);
        $ready->send($data, 0, $peer) if defined $peer;
        next;
      }
      my $connection = $ready->accept or next;
      next if fork;
      alarm $seconds;
      syswrite $connection, $data while sysread $connection, $data, 65536;
      POSIX::_exit(0);
    }
  }
}

sub listening {
  my ($background, $seconds, $targets) = @_;
  my @sockets;
  for my $target (split /,/, $targets) {
    my $socket = opened($target);
    push @sockets, $socket if $socket;
    print $socket ? "open $target\n" : "busy $target $!\n";
  }
  if ($background) {
    my $child = fork;
    if ($child) {
      print "pid $child\n";
      POSIX::_exit(0);
    }
    POSIX::setsid();
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    open STDERR, '>', '/dev/null';
  }
  serve($seconds, @sockets) if @sockets;
}

sub reason {
  return 'refused' if $!{ECONNREFUSED};
  return 'timeout' if $!{ETIMEDOUT} || $!{EINPROGRESS} || $!{EAGAIN} || "$@" =~ /timeout/i;
  my $text = lc "$!";
  $text =~ s/ /-/g;
  return $text || 'failed';
}

sub exchanged {
  my ($seconds, $size, $host, $target) = @_;
  my ($protocol, $port) = split /:/, $target;
  my $sent = join '', map { chr($_ * 7 % 251) } 0 .. $size - 1;
  my $peer = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Proto => $protocol, Timeout => $seconds)
    or return reason();
  my $select = IO::Select->new($peer);
  for my $attempt (1 .. ($protocol eq 'tcp' ? 1 : 3)) {
    my ($got, $end) = ('', time + ($protocol eq 'tcp' ? $seconds : 1));
    defined $peer->send($sent) or return reason();
    while (length $got < $size) {
      last if time > $end || !$select->can_read($protocol eq 'tcp' ? $seconds : 1);
      my $count = sysread $peer, $got, 65536, length $got;
      return reason() if !defined $count;
      return 'closed' if !$count;
    }
    return $got eq $sent ? 'ok' : 'different' if length $got == $size;
  }
  return 'timeout';
}

my ($mode, $seconds, @words) = @ARGV;
if ($mode eq 'send') {
  my ($sizes, $hosts, $targets) = map { [split /,/] } @words;
  for my $host (@$hosts) {
    for my $target (@$targets) {
      for my $size (@$sizes) {
        next if fork;
        my $result = exchanged($seconds, $size, $host, $target);
        syswrite STDOUT, "$host $target $size $result\n";
        POSIX::_exit(0);
      }
    }
  }
  1 while wait != -1;
} else {
  listening($mode eq 'listen', $seconds, $words[0]);
}
