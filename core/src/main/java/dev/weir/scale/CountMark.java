package dev.weir.scale;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a balancer notes beside a count of replicas that it sets, so that every balancer tells this
/// count from one that someone else set.
///
/// @param count the count, 0 to 99999
/// @param writer who set it, and its how manieth change it was, such as `n1-4f2a.17`
public record CountMark(int count, String writer) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,5})@([A-Za-z0-9._-]{1,80})");

  /// As a label has it: `5@n1-4f2a.17`.
  public String text() {
    return count + "@" + writer;
  }

  /// Reads such a text; empty if it has another form.
  public static Optional<CountMark> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new CountMark(Integer.parseInt(form.group(1)), form.group(2)))
        : Optional.empty();
  }
}
