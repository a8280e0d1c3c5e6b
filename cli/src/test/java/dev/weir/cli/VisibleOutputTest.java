package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.base.Visible;
import dev.weir.cli.option.ExitCode;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Control characters in names and texts are visible in what commands print.
class VisibleOutputTest {
  private static final String NASTY = "\u001b]0;owned\u0007\u001b[2J\u009b1mweb\u202e\r\u007f";

  @TempDir private Path folder = Path.of("");

  @Test
  void messagesOfCommandsAreVisible() {
    Ran ran = Ran.weir("runs", "show", "no\u001b[2Jsuch\u202e");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("no\\u001b[2Jsuch\\u202e").doesNotContain("\u001b", "\u202e");
  }

  /// A run recorded elsewhere may hold any text.
  @Test
  void runsOfOthersAreShownVisibly() {
    Path kept = folder.resolve("kept");
    var info =
        new RunInfo(
            NASTY, NASTY, Instant.parse("2026-11-22T10:00:00Z"), NASTY, 1, Map.of("a", NASTY));
    try (RunWriter writer = RunFolder.create(kept, info)) {
      writer.request(new RequestRecord(0, 0, 1, 2, 200, 1, NASTY, ""));
      writer.event(new RunEvent(info.startedAt(), RunEvent.RECORD_LOST, NASTY, NASTY));
    }
    for (String command :
        List.of("runs ls --runs " + folder, "runs show " + kept, "report " + kept)) {
      Ran ran = Ran.weir(command);
      assertThat(ran.code()).as(command).isEqualTo(ExitCode.OK);
      assertThat(ran.out()).as(command).contains("web\\u202e");
      assertThat((ran.out() + ran.err()).chars().filter(c -> Visible.isControl((char) c)))
          .as(command)
          .isEmpty();
    }
  }
}
