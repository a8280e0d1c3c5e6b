# Holds the locks of Debian's package manager for so many seconds, under the name that people know
# from fresh cloud machines. Locks of this kind belong to a process, so no shell tool can hold them.
use strict;

my ($seconds) = @ARGV;
my ($set_and_wait, $write) = (7, 1);
my @held;
$0 = "unattended-upgr";
for ("lib/dpkg/lock-frontend", "lib/dpkg/lock", "lib/apt/lists/lock", "cache/apt/archives/lock") {
  open(my $file, "+>>", "/var/$_") or die "$_: $!";
  fcntl($file, $set_and_wait, pack("s s x4 q q i x4", $write, 0, 0, 0, 0)) or die "$_: $!";
  push @held, $file;
}
open(my $sign, ">", "/run/testbed-lock") or die "$!";
sleep $seconds;
