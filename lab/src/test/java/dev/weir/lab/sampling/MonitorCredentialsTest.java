package dev.weir.lab.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.FolderTexts;
import dev.weir.tls.PrivateCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates on disk while they are renewed.
class MonitorCredentialsTest {
  @TempDir private Path home;

  private final PrivateCa.Certificates old = issue();
  private final PrivateCa.Certificates anew = issue();
  private Path folder = Path.of("");
  private MonitorCredentials credentials = new MonitorCredentials(folder);

  @BeforeEach
  void haveOld() {
    folder = home.resolve("swarm");
    credentials = new MonitorCredentials(folder);
    credentials.prepare(old);
    credentials.adopt();
  }

  @Test
  void preparedOnesReplaceThoseInUseWhenTheyAreAdopted() throws IOException {
    credentials.prepare(anew);
    assertHolds(old, "ca.pem.new", "client-key.pem.new", "client.pem.new");
    assertThat(credentials.isRenewing()).isTrue();
    credentials.adopt();
    assertHolds(anew);
    assertThat(credentials.isRenewing()).isFalse();
  }

  @Test
  void whatWasInterruptedWhileRenamingIsBroughtToItsEnd() throws IOException {
    for (List<String> renamed :
        List.of(List.of("client-key.pem"), List.of("client-key.pem", "client.pem"))) {
      credentials.prepare(old);
      credentials.adopt();
      credentials.prepare(anew);
      for (String file : renamed) {
        Files.delete(folder.resolve(file));
        Files.move(folder.resolve(file + ".new"), folder.resolve(file));
      }
      assertThat(credentials.isRenewing()).isFalse();
      assertHolds(anew);
    }
  }

  @Test
  void whatWasInterruptedWhileWritingIsThrownAway() throws IOException {
    credentials.prepare(anew);
    Files.delete(folder.resolve("ca.pem.new"));
    assertThat(credentials.isRenewing()).isFalse();
    assertHolds(old);
  }

  private void assertHolds(PrivateCa.Certificates set, String... others) throws IOException {
    Map<String, String> texts = FolderTexts.of(folder);
    assertThat(texts)
        .containsEntry("ca.pem", set.authority())
        .containsEntry("client.pem", set.client())
        .containsEntry("client-key.pem", set.clientKey())
        .hasSize(3 + others.length);
    assertThat(texts.keySet()).containsAll(List.of(others));
    assertThat(credentials.read().expires()).isAfter(Instant.now());
  }

  private static PrivateCa.Certificates issue() {
    return PrivateCa.issue("weir-agent", "weir-client", Instant.now(), Duration.ofDays(1));
  }
}
