package dev.weir.cli.option;

import dev.weir.base.Problems;
import dev.weir.load.record.LoadResult;
import dev.weir.run.Certificate.Verdict;
import dev.weir.term.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The conditions that judge a load, and the exit code.
@HelpSection("Outcome")
public final class FailIfOption {
  @Option(
      names = "--fail-if",
      paramLabel = "CONDITION",
      description =
          "Exit with 4 if this holds in the end, such as 'p99>300ms', 'errors>1%%', 'rate<9.5'."
              + " Figures: p50 p90 p95 p99 p99.9 max mean (of latency; with service- or lag-"
              + " before), errors, error-rate, rate. Repeatable.")
  private List<String> failIf = new ArrayList<>();

  private final List<FailIf> conditions = new ArrayList<>();

  /// Reads the conditions, and notes what is wrong with them.
  public void check(Problems problems) {
    failIf.forEach(
        text -> OptionParsing.of(problems, () -> FailIf.parse(text)).ifPresent(conditions::add));
  }

  /// The exit code of a recorded load. It fails if records are missing.
  ///
  /// @param missing whether the record lacks something
  /// @param kept whether all else that was asked for was written
  public int judge(LoadResult result, Terminal terminal, boolean missing, boolean kept) {
    int judged = judge(result, terminal);
    return missing || (judged == ExitCode.OK && !kept) ? ExitCode.FAILED : judged;
  }

  /// [ExitCode#VOID], [ExitCode#THRESHOLD] or 0.
  int judge(LoadResult result, Terminal terminal) {
    boolean crossed = false;
    for (FailIf condition : conditions) {
      Optional<String> found = condition.crossed(result);
      found.ifPresent(
          what -> terminal.report("weir: --fail-if %s: %s".formatted(condition.text(), what)));
      crossed |= found.isPresent();
    }
    if (result.certificate().verdict() == Verdict.VOID) {
      terminal.report("weir: the load was not as scheduled; its figures are not valid");
      return ExitCode.VOID;
    }
    return crossed ? ExitCode.THRESHOLD : ExitCode.OK;
  }
}
