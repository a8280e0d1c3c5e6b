package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.doctor.Doctor;
import dev.weir.cluster.doctor.check.Checks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// Which checks are made.
final class DoctorChecks {
  /// For completion.
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Checks.names());
    }
  }

  @Option(
      names = "--checks",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Names.class,
      description = "Make only these checks: ${COMPLETION-CANDIDATES}. Separated by commas.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--skip",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Names.class,
      description = "Leave out these checks. Separated by commas.")
  private List<String> skipped = new ArrayList<>();

  /// A doctor with the chosen checks.
  ///
  /// @throws UserError if a name is none of a check, or no check is left
  Doctor doctor() {
    Set<String> names = new LinkedHashSet<>(only.isEmpty() ? Checks.names() : only);
    known("--checks", only);
    known("--skip", skipped);
    skipped.forEach(names::remove);
    if (names.isEmpty()) {
      throw new UserError("--checks, --skip: no check is left (expected: at least one)");
    }
    return Doctor.withChecks(names);
  }

  private static void known(String option, List<String> names) {
    for (String name : names) {
      if (!Checks.names().contains(name)) {
        throw new UserError(
            "%s: %s (expected: %s)".formatted(option, name, String.join(", ", Checks.names())));
      }
    }
  }
}
