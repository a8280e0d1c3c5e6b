package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.HostReport.Space;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.finding.Findings;

/// Room for images, containers and logs.
final class Disks extends HostCheck {
  private static final double WARNED_SHARE = .10;
  private static final double CRITICAL_SHARE = .03;
  private static final long PLENTY_KIB = 20L << 20;
  private static final long CRITICAL_KIB = 1L << 19;

  Disks() {
    super("disk");
  }

  @Override
  void examine(Member member, HostReport report, Facts facts, Findings into) {
    look(member, report.disk(), "the disk's free space", into, space -> kib(member, space, into));
    report.inodes().ifPresent(space -> inodes(member, space, into));
  }

  private static void kib(Member member, Space space, Findings into) {
    String seen =
        "%s of %s free for Docker".formatted(Words.size(space.free()), Words.size(space.total()));
    report(
        member,
        seen,
        space.free() < CRITICAL_KIB || (share(space) < CRITICAL_SHARE && space.free() < PLENTY_KIB),
        share(space) < WARNED_SHARE && space.free() < PLENTY_KIB,
        into);
  }

  private static void inodes(Member member, Space space, Findings into) {
    if (space.total() > 0) { // some file systems count none
      String seen = "%.1f %% of the inodes free for Docker".formatted(share(space) * 100);
      report(member, seen, share(space) < CRITICAL_SHARE, share(space) < WARNED_SHARE, into);
    }
  }

  private static double share(Space space) {
    return (double) space.free() / Math.max(1, space.total());
  }

  private static void report(
      Member member, String seen, boolean critical, boolean warned, Findings into) {
    String why = "Without room, images cannot be pulled, and a manager cannot write its log.";
    String[] fix = {
      "docker system df                           # on %s: what takes the room"
          .formatted(member.name()),
      "docker image prune --all --filter until=168h  # removes images that no container uses"
    };
    if (critical) {
      into.critical(member.name(), seen, why, fix);
    } else if (warned) {
      into.warning(member.name(), seen, why, fix);
    }
  }
}
