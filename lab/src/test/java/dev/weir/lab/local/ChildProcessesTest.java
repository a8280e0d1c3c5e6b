package dev.weir.lab.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.base.CleanEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Processes that a command starts get an environment of their own.
@Timeout(60)
class ChildProcessesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aChildHasNothingButWhatEveryProgramNeeds() throws Exception {
    Path logs = folder.resolve("logs");
    try (var family = new ChildProcesses(logs)) {
      ChildProcesses.Child child =
          family.start("reader", List.of(), EnvironmentReader.class.getName(), List.of(), "ready");
      assertThat(List.of(child.greeting().split(" ")).stream().skip(1))
          .allMatch(name -> name.matches("PATH|JAVA_HOME|HOME|LANG|TZ|TMPDIR|LC_.*"));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logs)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(logs.resolve("reader.log"))))
        .isEqualTo("rw-------");
  }

  @Test
  void addressesOfDatabasesAndKeysAreTakenOut() {
    var environment =
        new HashMap<>(
            Map.of(
                "PATH", "/bin",
                "LC_ALL", "C.UTF-8",
                "WEIR_MONGO_URI", "mongodb://u:p@h",
                "AWS_SECRET_ACCESS_KEY", "k",
                "JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.keyStorePassword=p"));
    CleanEnvironment.clean(environment);
    assertThat(environment).containsOnlyKeys("PATH", "LC_ALL");
  }
}
