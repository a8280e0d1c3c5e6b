package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.Member;
import dev.weir.cluster.doctor.finding.Findings;
import java.util.Optional;
import java.util.function.Consumer;

/// A check of what each machine shows of itself.
abstract class HostCheck implements Check {
  private final String name;

  HostCheck(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public void examine(Facts facts, Findings into) {
    for (Member member : facts.members()) {
      if (member.report().isPresent()) {
        examine(member, member.report().get(), facts, into);
      } else {
        into.unseen(member.name(), member.whyUnseen());
      }
    }
  }

  /// Looks at one machine.
  abstract void examine(Member member, HostReport report, Facts facts, Findings into);

  /// Looks at a part of the report, or says that the machine did not show it.
  static <T> void look(
      Member member, Optional<T> part, String what, Findings into, Consumer<T> each) {
    part.ifPresentOrElse(
        each,
        () ->
            into.unseen(
                member.name(),
                "%s not readable%s"
                    .formatted(
                        what,
                        member.report().map(HostReport::isRoot).orElse(true)
                            ? ""
                            : " (needs sudo without a password)")));
  }
}
