package dev.weir.swarm.follow;

import dev.weir.base.PathPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The values of a service's `weir.scale` labels: how Weir may set its number of replicas.
///
/// @param min the least number of replicas; with 0 an idle service has none: 0 to 1000
/// @param max the greatest number: `min` to 1000, and at least 1
/// @param acts whether Weir sets the number; otherwise it only says what it would set
/// @param holdSeconds how long a fall of the need must last before replicas go; empty for the
///   default
/// @param drainSeconds in what time a backlog is to be served; empty for the default
/// @param keepSeconds how long a number that someone else set is kept; empty for the default
/// @param waitingPage whether browsers get a page that reloads itself while there is no replica
/// @param noWakeAgents parts of `User-Agent` of clients that start no replica, such as monitors
/// @param noWakePaths prefixes of paths that start no replica
public record ScaleLabels(
    int min,
    int max,
    boolean acts,
    OptionalDouble holdSeconds,
    OptionalDouble drainSeconds,
    OptionalDouble keepSeconds,
    boolean waitingPage,
    List<String> noWakeAgents,
    List<String> noWakePaths) {
  /// The bounds of the number of replicas, such as `2..20`.
  public static final String SCALE = "weir.scale";

  /// `advise` or `act`.
  public static final String MODE = "weir.scale.mode";

  /// The mode in which Weir sets the number.
  public static final String ACT = "act";

  /// How long a fall of the need must last before replicas go.
  public static final String HOLD = "weir.scale.hold";

  /// In what time a backlog is to be served.
  public static final String DRAIN = "weir.scale.drain";

  static final String KEEP = "weir.scale.keep";
  static final String WAITING_PAGE = "weir.scale.waiting-page";
  static final String NO_WAKE_AGENTS = "weir.scale.no-wake-agents";
  static final String NO_WAKE_PATHS = "weir.scale.no-wake-paths";

  /// What Weir notes beside a count that it sets.
  public static final String SET = "weir.scale.set";

  /// All labels of autoscaling.
  public static final List<String> NAMES =
      List.of(SCALE, MODE, HOLD, DRAIN, KEEP, WAITING_PAGE, NO_WAKE_AGENTS, NO_WAKE_PATHS, SET);

  private static final int REPLICAS_MAX = 1000;
  private static final int LIST_MAX = 32;
  private static final String SCALE_EXPECTED =
      "the least and the greatest number of replicas, as in 2..20; at most 1000";
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})\\.\\.([0-9]{1,4})");

  /// Reads them; empty without `weir.scale`, or if it is wrong.
  static Optional<ScaleLabels> parse(LabelText labels) {
    Optional<String> scale = labels.of(SCALE);
    if (scale.isEmpty()) {
      stray(labels);
      return Optional.empty();
    }
    if (labels.of(ServiceLabels.SLO).isEmpty()) {
      labels.wrong(SCALE, scale.get(), "beside it weir.slo, which says what to keep, as p99<300ms");
    }
    Optional<Range> range = Range.of(scale.get());
    if (range.isEmpty()) {
      labels.wrong(SCALE, scale.get(), SCALE_EXPECTED);
    }
    boolean acts = mode(labels);
    OptionalDouble hold = seconds(labels, HOLD, Duration.ZERO);
    OptionalDouble drain = seconds(labels, DRAIN, Duration.ofSeconds(1));
    OptionalDouble keep = seconds(labels, KEEP, Duration.ZERO);
    boolean page = labels.truth(WAITING_PAGE).orElse(false);
    List<String> agents = list(labels, NO_WAKE_AGENTS, text -> text.matches("[ -~]{1,100}"));
    List<String> paths = list(labels, NO_WAKE_PATHS, text -> PathPrefix.of(text).isPresent());
    return range.map(
        of -> new ScaleLabels(of.min, of.max, acts, hold, drain, keep, page, agents, paths));
  }

  /// Whether an idle service may have no replica.
  public boolean mayBeZero() {
    return min == 0 && acts;
  }

  /// Labels that mean nothing without `weir.scale`. The note that Weir left may stay.
  private static void stray(LabelText labels) {
    NAMES.stream()
        .filter(name -> !name.equals(SET))
        .filter(name -> labels.of(name).isPresent())
        .forEach(name ->
            labels.wrong(name, labels.of(name).orElse(""), "beside it weir.scale, as 2..20"));
  }

  private static boolean mode(LabelText labels) {
    String mode = labels.of(MODE).orElse("advise");
    if (!mode.matches("advise|act")) {
      labels.wrong(MODE, mode, "advise or act");
    }
    return mode.equals(ACT);
  }

  private static OptionalDouble seconds(LabelText labels, String name, Duration least) {
    Optional<String> text = labels.of(name);
    try {
      return text.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(ServiceTimeouts.parse(text.get(), least).toMillis() / 1e3);
    } catch (IllegalArgumentException e) {
      labels.wrong(name, text.orElse(""), "a time of at most 24h, as in 500ms, 90s, 5m or 1h");
      return OptionalDouble.empty();
    }
  }

  private static List<String> list(LabelText labels, String name, Predicate<String> isGood) {
    Optional<String> text = labels.of(name);
    List<String> items =
        text.stream().flatMap(all -> Stream.of(all.split(",", -1))).map(String::strip).toList();
    if (items.size() > LIST_MAX || !items.stream().allMatch(isGood)) {
      labels.wrong(
          name, text.orElse(""), "at most 32 texts with commas between, none of them empty");
      return List.of();
    }
    return items;
  }

  /// The bounds of the number of replicas.
  ///
  /// @param min the least, 0 to `max`
  /// @param max the greatest, 1 to 1000
  public record Range(int min, int max) {
    /// Reads a text such as `2..20`; empty if it has another form.
    public static Optional<Range> of(String text) {
      Matcher form = RANGE.matcher(text);
      if (!form.matches()) {
        return Optional.empty();
      }
      int min = Integer.parseInt(form.group(1));
      int max = Integer.parseInt(form.group(2));
      boolean isGood = max >= Math.max(1, min) && max <= REPLICAS_MAX;
      return isGood ? Optional.of(new Range(min, max)) : Optional.empty();
    }

    /// Whether a number of replicas is within the bounds.
    public boolean includes(int replicas) {
      return replicas >= min && replicas <= max;
    }
  }
}
