package dev.weir.store.folder;

import dev.weir.run.Certificate;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Records to keep, drawn at random or plain.
public final class Records {
  static final Instant START = Instant.parse("2026-11-22T10:00:00.000000001Z");
  private static final String TRICKY = "a,b\"c'\\n\n\r\t %~/.;=äß∑😀\u0000{}[]x";

  private Records() {}

  public static RunInfo info(String id) {
    return new RunInfo(id, "weir", START, "weir load --law poisson(4)", 42, Map.of("slo", "300ms"));
  }

  public static RequestRecord request(long number) {
    long due = number * 1_000_000;
    return new RequestRecord(number, due, due + 20_000, due + 5_000_000, 200, 17, "web.1", "");
  }

  public static ContainerSample sample(String container, long second) {
    return new ContainerSample(
        container,
        "node-1",
        START.plusSeconds(second),
        second * 500_000_000,
        second * 400_000_000,
        second * 100_000_000,
        64 << 20,
        48 << 20,
        "process");
  }

  static RequestRecord anyRequest(RandomGenerator random, long number) {
    return new RequestRecord(
        number,
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextInt(),
        random.nextLong(),
        text(random),
        text(random));
  }

  static ContainerSample anySample(RandomGenerator random, String container, long second) {
    return new ContainerSample(
        container,
        text(random),
        START.plusSeconds(second).plusNanos(random.nextInt(1_000_000_000)),
        random.nextLong(Long.MAX_VALUE),
        random.nextLong(-1, Long.MAX_VALUE),
        random.nextLong(-1, Long.MAX_VALUE),
        random.nextLong(-1, Long.MAX_VALUE),
        random.nextLong(-1, Long.MAX_VALUE),
        text(random));
  }

  static RunEvent anyEvent(RandomGenerator random, long second) {
    return new RunEvent(
        START.plusSeconds(second).plusNanos(random.nextInt(1_000_000_000)),
        text(random),
        text(random),
        text(random));
  }

  static Certificate certificate(RandomGenerator random) {
    return new Certificate(
        random.nextBoolean() ? Certificate.Verdict.VALID : Certificate.Verdict.VOID,
        List.of(text(random)),
        text(random),
        random.nextLong(),
        random.nextLong(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        Double.NaN,
        random.nextDouble(),
        Double.NaN,
        random.nextLong(),
        random.nextLong(),
        random.nextLong());
  }

  /// Text made of what file formats and file systems trip over.
  static String text(RandomGenerator random) {
    int[] points = TRICKY.codePoints().toArray();
    var text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }
}
