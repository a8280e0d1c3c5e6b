import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Laws;
import java.util.List;
import java.util.Locale;

/// One cell of `bench/sizing --live`: real replicas, and the load that they get.
///
/// @param name how `--cells` calls it
/// @param kind whether replicas sleep or compute
/// @param replicas how many
/// @param slots requests that each works on at once: the balancer's limit
/// @param workMillis mean work of a request
/// @param workScv squared coefficient of variation of the work: 0 is constant, 1 exponential, above 1
///     two exponential phases
/// @param gapScv the same of the gaps: 0 is regular, 1 Poisson, above 1 bursty
/// @param load part of the slots that should be busy
record LiveCell(
    String name,
    Kind kind,
    int replicas,
    int slots,
    double workMillis,
    double workScv,
    double gapScv,
    double load) {

  /// What a replica does with a request.
  enum Kind {
    /// Waits, at hardly any CPU time: bench/lib/origin.
    SLEEP,
    /// Computes: the sample app primecheck, without a quota.
    CPU
  }

  /// All cells. No more replicas compute than the machine of docs/method.md has cores, and two
  /// compute at a low load: its cores slow each other down, so a load of .5 would keep them nearly
  /// always busy. Work and loads are such that chance moves a ratio by less than a tenth in a minute
  /// ([LiveChance]).
  static final List<LiveCell> ALL =
      List.of(
          new LiveCell("sleep-4x4-50", Kind.SLEEP, 4, 4, 20, 1, 1, .5),
          new LiveCell("sleep-4x4-85", Kind.SLEEP, 4, 4, 20, 1, 1, .85),
          new LiveCell("sleep-4x4-bursty", Kind.SLEEP, 4, 4, 20, 1, 4, .7),
          new LiveCell("sleep-2x8-fixed-bursty", Kind.SLEEP, 2, 8, 20, 0, 4, .7),
          new LiveCell("sleep-3x2-regular", Kind.SLEEP, 3, 2, 20, 1, 0, .85),
          new LiveCell("sleep-2x4-uneven-regular", Kind.SLEEP, 2, 4, 15, 4, 0, .6),
          new LiveCell("sleep-4x1-70", Kind.SLEEP, 4, 1, 10, 1, 1, .7),
          new LiveCell("sleep-1x4-uneven", Kind.SLEEP, 1, 4, 10, 4, 1, .5),
          new LiveCell("sleep-2x2-bursty", Kind.SLEEP, 2, 2, 8, 1, 2, .6),
          new LiveCell("cpu-1-regular", Kind.CPU, 1, 1, 4, 1, 0, .5),
          new LiveCell("cpu-2-poisson", Kind.CPU, 2, 1, 5, 1, 1, .3),
          new LiveCell("cpu-2-regular", Kind.CPU, 2, 1, 5, 1, 0, .35));

  /// Arrivals per second.
  double perSecond() {
    return load * replicas * slots * 1e3 / workMillis;
  }

  /// The law of the gaps, in seconds.
  GapLaw gaps() {
    return Laws.withScv(1 / perSecond(), gapScv);
  }

  /// The law of the work, in seconds.
  GapLaw work() {
    return Laws.withScv(workMillis / 1e3, workScv);
  }

  /// The law of the work as replicas call it.
  String workName() {
    return workScv == 0 ? "fixed" : workScv == 1 ? "exponential" : "hyperexponential";
  }

  /// The law of the gaps as options of `weir load`.
  List<String> gapOptions() {
    String mean = String.format(Locale.ROOT, "%.9f", 1 / perSecond());
    if (gapScv == 1) {
      return List.of("--time-dist", "poisson", "--lambda", String.valueOf(perSecond()));
    }
    return gapScv == 0
        ? List.of("--time-dist", "constant", "--mean", mean)
        : List.of(
            "--time-dist", "hyperexponential", "--mean", mean, "--scv", String.valueOf(gapScv));
  }
}
