package dev.weir.report;

import dev.weir.run.Certificate.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Describes the figures of some runs in plain words, with any reason not to quote them.
final class Sentence {
  /// Rates that differ by less count as the same.
  private static final double SAME_RATE = 0.02;

  private Sentence() {}

  static String of(List<Summary> summaries) {
    List<Summary> measured = summaries.stream().filter(summary -> summary.succeeded() > 0).toList();
    String shown =
        switch (measured.size()) {
          case 0 -> nothing(summaries);
          case 1 -> one(measured.getFirst());
          default -> several(measured);
        };
    return shown + reservations(summaries);
  }

  private static String nothing(List<Summary> summaries) {
    long requests = summaries.stream().mapToLong(Summary::requests).sum();
    return requests == 0
        ? "No requests were recorded."
        : "None of the %s requests succeeded.".formatted(FigureText.count(requests));
  }

  private static String one(Summary run) {
    String failed =
        run.failed() == 0
            ? (run.missing() > 0 ? "none of the %s that were kept failed" : "none of %s failed")
                .formatted(FigureText.count(run.requests()))
            : "%s of %s failed"
                .formatted(FigureText.count(run.failed()), FigureText.count(run.requests()));
    return "%s: half of the requests got their response within %s and 99 %% within %s; %s."
        .formatted(
            at(run),
            FigureText.millis(run.p50Millis()),
            FigureText.millis(run.p99Millis()),
            failed);
  }

  private static String at(Summary run) {
    return Double.isFinite(run.scheduledPerSecond())
        ? "%s at %s req/s".formatted(run.label(), FigureText.number(run.scheduledPerSecond()))
        : run.label();
  }

  private static String several(List<Summary> runs) {
    Summary base = runs.getFirst();
    Summary subject =
        runs.stream().skip(1).min(Comparator.comparingDouble(Summary::p99Millis)).orElse(base);
    String among =
        runs.size() > 2 ? " (the lowest p99 of %d others)".formatted(runs.size() - 1) : "";
    return "%s, %s's p99%s is %s that of %s (%s against %s)%s."
        .formatted(
            rates(runs),
            subject.label(),
            among,
            FigureText.ratio(subject.p99Millis() / base.p99Millis()),
            base.label(),
            FigureText.millis(subject.p99Millis()),
            FigureText.millis(base.p99Millis()),
            failures(subject, base));
  }

  private static String rates(List<Summary> runs) {
    double lowest = runs.stream().mapToDouble(Summary::scheduledPerSecond).min().orElse(0);
    double highest = runs.stream().mapToDouble(Summary::scheduledPerSecond).max().orElse(0);
    if (!Double.isFinite(lowest + highest)) {
      return "At rates that were not recorded";
    }
    return highest - lowest <= SAME_RATE * highest
        ? "At the same %s req/s".formatted(FigureText.number(Math.rint(highest * 10) / 10))
        : "At different rates (%s to %s req/s)"
            .formatted(FigureText.number(lowest), FigureText.number(highest));
  }

  private static String failures(Summary subject, Summary base) {
    if (subject.failed() == base.failed()) {
      return subject.failed() == 0
          ? ", and no request failed in either"
          : ", with %s failed in each".formatted(FigureText.count(subject.failed()));
    }
    return ", with %s failed against %s"
        .formatted(FigureText.count(subject.failed()), FigureText.count(base.failed()));
  }

  private static String reservations(List<Summary> summaries) {
    return with(summaries, Verdict.VOID, "do not quote it: the load was VOID in ")
        + with(summaries, Verdict.DEGRADED, "with a reservation: the load was DEGRADED in ")
        + missing(summaries)
        + cutOff(summaries);
  }

  private static String missing(List<Summary> summaries) {
    String names =
        summaries.stream()
            .filter(summary -> summary.missing() > 0)
            .map(summary ->
                "%s (%s)".formatted(summary.label(), FigureText.count(summary.missing())))
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? ""
        : " But requests are missing from the record of %s.".formatted(names);
  }

  private static String with(List<Summary> summaries, Verdict verdict, String words) {
    String names =
        summaries.stream()
            .filter(summary -> summary.verdict().filter(verdict::equals).isPresent())
            .map(Summary::label)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " But %s%s.".formatted(words, names);
  }

  private static String cutOff(List<Summary> summaries) {
    String names =
        summaries.stream()
            .filter(Summary::cutOff)
            .filter(summary -> summary.requests() > 0)
            .map(Summary::label)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " Cut off before its end: %s.".formatted(names);
  }
}
