package dev.weir.swarm.follow;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A promise of latency: a share of the responses comes within a time.
///
/// @param percentile above 0 and below 100
/// @param within the time
public record Slo(double percentile, Duration within) {
  static final String EXPECTED = "a percentile and a time, as in p99<300ms or p99.9<1.5s";
  private static final Pattern FORM =
      Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,3})?)<([0-9]{1,6}(?:\\.[0-9]{1,3})?)(ms|s)");

  static Slo parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || Double.parseDouble(form.group(1)) == 0) {
      throw new IllegalArgumentException(EXPECTED);
    }
    double nanos = Double.parseDouble(form.group(2)) * (form.group(3).equals("s") ? 1e9 : 1e6);
    return new Slo(Double.parseDouble(form.group(1)), Duration.ofNanos(Math.round(nanos)));
  }
}
