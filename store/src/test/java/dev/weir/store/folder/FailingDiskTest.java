package dev.weir.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.base.UserError;
import dev.weir.run.RunEvent;
import dev.weir.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full or gone is reported once in one line, everything it does not take is
/// counted, and recording continues when it works again.
///
/// A link to /dev/full stands for the file on the full disk: writing to it fails with the system's
/// own "No space left on device".
final class FailingDiskTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path root;

  @Test
  void refusesAFolderThatCannotBe() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    Path folder = file.resolve("run");
    assertThatThrownBy(() -> RunFolder.create(folder, Records.info("run")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("run folder " + folder + ": cannot be written: ")
        .message()
        .hasLineCount(1);
  }

  @Test
  void refusesAFullDisk() throws IOException {
    assumeTrue(Files.exists(FULL));
    Path folder = Files.createDirectory(root.resolve("run"));
    Files.createSymbolicLink(folder.resolve("run.json.new"), FULL);
    assertThatThrownBy(() -> RunFolder.create(folder, Records.info("run")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder + ": cannot be written: No space left on device");
  }

  @Test
  void reportsOnceAndCountsWhatIsLost() throws Exception {
    assumeTrue(Files.exists(FULL));
    Path folder = root.resolve("run");
    var reported = new LinkedBlockingQueue<String>();
    RunWriter writer = RunFolder.create(folder, Records.info("run"), reported::add);
    Files.createSymbolicLink(folder.resolve("samples/web.ndjson"), FULL);
    for (int i = 0; i < 20_000; i++) {
      writer.sample(Records.sample("web", i));
    }
    writer.request(Records.request(0));
    writer.close();
    assertThat(reported)
        .singleElement()
        .asString()
        .contains("No space left on device")
        .hasLineCount(1);
    assertThat(writer.failure()).contains(reported.element());
    assertThat(writer.lost()).isEqualTo(20_000);
    RunRecord record = RunFolder.read(folder);
    assertThat(record.requests()).hasSize(1);
    assertThat(record.samples()).isEmpty();
    assertThat(record.events())
        .filteredOn(e -> e.kind().equals(RunFolder.LOST))
        .singleElement()
        .extracting(RunEvent::text)
        .asString()
        .startsWith("20000 records could not be kept: ");
    assertThat(RunFolder.describe(folder).lost()).isEqualTo(20_000);
  }

  @Test
  void goesOnWhenTheDiskWorksAgain() throws Exception {
    assumeTrue(Files.exists(FULL));
    Path folder = root.resolve("run");
    BlockingQueue<String> reported = new LinkedBlockingQueue<>();
    RunWriter writer = RunFolder.create(folder, Records.info("run"), reported::add);
    Path file = folder.resolve("samples/web.ndjson");
    Files.createSymbolicLink(file, FULL);
    writer.sample(Records.sample("web", 0));
    assertThat(reported.poll(20, TimeUnit.SECONDS)).isNotNull();
    writer.sample(Records.sample("web", 1));
    Files.delete(file);
    writer.sample(Records.sample("web", 2));
    writer.close();
    assertThat(writer.lost()).isZero();
    assertThat(RunFolder.read(folder).samples().get("web"))
        .containsExactly(
            Records.sample("web", 0), Records.sample("web", 1), Records.sample("web", 2));
  }

  @Test
  void noticesThatTheFolderWasTakenAway() throws Exception {
    Path folder = root.resolve("run");
    BlockingQueue<String> reported = new LinkedBlockingQueue<>();
    RunWriter writer = RunFolder.create(folder, Records.info("run"), reported::add);
    writer.request(Records.request(0));
    Files.move(folder, root.resolve("elsewhere"));
    writer.request(Records.request(1));
    assertThat(reported.poll(20, TimeUnit.SECONDS)).contains("no such file");
    writer.close();
    assertThat(writer.lost()).isPositive();
  }
}
