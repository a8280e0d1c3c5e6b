package dev.weir.load.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.arrivals.Constant;
import dev.weir.arrivals.Schedule;
import dev.weir.load.http.RequestTemplate.Header;
import dev.weir.load.http.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No message of the sender repeats what could let somebody in.
class HiddenValuesTest {
  private static final String SECRET = "s3cr3t";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://u:s3cr3t@h/",
        "http://u:s3cr3t@/",
        "http://u:s3cr3t@h:99999/?sig=s3cr3t",
        "http://u:s3cr3t@h:1x/?s3cr3t",
        "http://h/ ?token=s3cr3t",
        "u:s3cr3t@h"
      })
  void addressesThatCannotBeUsed(String url) {
    assertThatThrownBy(() -> Target.parse(url))
        .hasMessageStartingWith("--url: ")
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void addressesThatCannotBeReached() {
    String url = "http://u:s3cr3t@127.0.0.1:1/p?token=s3cr3t";
    LoadSettings settings =
        LoadSettings.of(Target.parse(url), Schedule.ofCount(new Constant(1), 1, 0));
    assertThatThrownBy(() -> LoadRun.prepare(settings, _ -> {}))
        .hasMessageStartingWith("--url: http://***@127.0.0.1:1/p?token=*** cannot be reached");
    assertThat(settings.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cr3t", "Content-Length: s3cr3t", "A: s3cr3t\nB: x", "a b: s3cr3t"})
  void headersThatCannotBeUsed(String line) {
    assertThatThrownBy(() -> Header.parse(line))
        .hasMessageStartingWith("--header: ")
        .message()
        .doesNotContain(SECRET);
  }
}
