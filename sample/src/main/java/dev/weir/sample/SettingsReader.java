package dev.weir.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the settings from flags and environment (flags win) and collects all errors.
final class SettingsReader {
  static final String USAGE =
      """
      primecheck: a web app that spends CPU on every request.

        GET /primecheck        spends CPU on trial division, responds "Time: <n> ms"
        GET /primecheck?n=97   checks that number instead (header X-Prime has the result)
        GET /health            ok, or 503 while stopping
      With --test-hooks also
        GET /ledger            the requests begun here, a line each: id, method, instance
        POST /unhealthy        makes /health respond 503 from now on; DELETE takes it back

      Flag or environment variable, default:
        --address      ADDRESS       address to listen on                            0.0.0.0
        --port         PORT          port; 0 takes any that is free                  8080
        --work-millis  WORK_MILLIS   mean CPU milliseconds per request               50
        --work-dist    WORK_DIST     fixed, exponential or hyperexponential          fixed
        --work-scv     WORK_SCV      variance over squared mean, hyperexponential    4
        --seed         SEED          seed of the work's distribution                 random
        --cpus         CPUS          emulated CPU quota, such as 0.4                 none
        --divisions-per-ms  DIVISIONS_PER_MS  speed of this machine                  measured
        --threads      THREADS       most requests worked on at once                 200
        --name         NAME          value of the header X-Replica                   none
        --ledger       LEDGER        file that gets the X-Request-Id of each         none
                                     request, its method and this instance
        --grace        GRACE         time to finish in after SIGTERM, such as 30s    30s
        --exit-on-term EXIT_ON_TERM  exit at once on SIGTERM, as apps that do not    false
                                     drain
        --test-hooks   TEST_HOOKS    open /ledger and /unhealthy, for tests only     false
        --until-stdin-closes         stop when standard input closes (flag only)     no
        --help                       this text

      Examples:
        primecheck --work-millis 20 --work-dist exponential --cpus 0.4
        PORT=9000 WORK_MILLIS=5 primecheck
      """;

  static final List<String> FLAGS =
      List.of(
          "address",
          "port",
          "work-millis",
          "work-dist",
          "work-scv",
          "seed",
          "cpus",
          "divisions-per-ms",
          "threads",
          "name",
          "ledger",
          "grace");

  /// Flags that stand alone; from the environment they are `true` or `false`.
  static final List<String> SWITCHES = List.of("exit-on-term", "test-hooks");

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");

  private final Map<String, String> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private SettingsReader() {}

  /// Reads all settings.
  ///
  /// @throws IllegalArgumentException one line with every problem
  static Settings read(List<String> args, Map<String, String> environment) {
    var reader = new SettingsReader();
    for (String flag : Stream.concat(FLAGS.stream(), SWITCHES.stream()).toList()) {
      String value = environment.get(flag.toUpperCase(Locale.ROOT).replace('-', '_'));
      if (value != null && !value.isEmpty()) {
        reader.given.put(flag, value);
      }
    }
    reader.flags(args);
    Settings settings = reader.settings();
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", reader.problems));
    }
    return settings;
  }

  private void flags(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      String[] parts = args.get(i).split("=", 2);
      String flag = parts[0].startsWith("--") ? parts[0].substring(2) : "";
      if (SWITCHES.contains(flag)) {
        given.put(flag, parts.length == 2 ? parts[1] : "true");
      } else if (!FLAGS.contains(flag)) {
        problems.add(args.get(i) + ": unknown (expected: a flag that --help lists)");
      } else if (parts.length == 2) {
        given.put(flag, parts[1]);
      } else if (i + 1 < args.size()) {
        i++;
        given.put(flag, args.get(i));
      } else {
        problems.add(parts[0] + ": no value (expected: one after it)");
      }
    }
  }

  private Settings settings() {
    String ledger = given.getOrDefault("ledger", "");
    return new Settings(
        given.getOrDefault("address", "0.0.0.0"),
        (int) whole("port", 8080, 0, 65535),
        number("work-millis", 50, "> 0 and <= 60000", x -> x > 0 && x <= 60_000),
        shape(),
        number("work-scv", 4, "> 1 and <= 1000", x -> x > 1 && x <= 1000),
        whole(
            "seed", new SplittableRandom().nextLong(1_000_000_000), Long.MIN_VALUE, Long.MAX_VALUE),
        number(
            "cpus", Double.POSITIVE_INFINITY, ">= 0.01 and <= 1024", x -> x >= 0.01 && x <= 1024),
        number("divisions-per-ms", 0, ">= 1 and <= 1e9", x -> x >= 1 && x <= 1e9),
        (int) whole("threads", 200, 1, 10_000),
        given.getOrDefault("name", ""),
        ledger.isEmpty() ? null : Path.of(ledger),
        grace(),
        isOn("exit-on-term"),
        isOn("test-hooks"));
  }

  private WorkLaw.Shape shape() {
    String typed = given.getOrDefault("work-dist", "fixed");
    for (WorkLaw.Shape shape : WorkLaw.Shape.values()) {
      if (shape.name().equalsIgnoreCase(typed)) {
        return shape;
      }
    }
    refuse("work-dist", typed, Arrays.toString(WorkLaw.Shape.values()).toLowerCase(Locale.ROOT));
    return WorkLaw.Shape.FIXED;
  }

  private boolean isOn(String flag) {
    String typed = given.getOrDefault(flag, "false").toLowerCase(Locale.ROOT);
    if (!typed.equals("true") && !typed.equals("false")) {
      refuse(flag, typed, "true or false");
    }
    return typed.equals("true");
  }

  private Duration grace() {
    String typed = given.getOrDefault("grace", "30s");
    Matcher parts = DURATION.matcher(typed);
    if (!parts.matches()) {
      refuse("grace", typed, "a number with its unit, such as 500ms, 30s or 2m");
      return Duration.ZERO;
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }

  private long whole(String flag, long otherwise, long min, long max) {
    String typed = given.get(flag);
    if (typed == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(typed);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below, like a number that is out of range
    }
    refuse(flag, typed, "a whole number from %d to %d".formatted(min, max));
    return otherwise;
  }

  private double number(String flag, double otherwise, String expected, DoublePredicate allowed) {
    String typed = given.get(flag);
    if (typed == null) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(typed);
      if (allowed.test(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below, like a number that is out of range
    }
    refuse(flag, typed, expected);
    return otherwise;
  }

  private void refuse(String flag, String typed, String expected) {
    problems.add("--%s: %s (expected: %s)".formatted(flag, typed, expected));
  }
}
