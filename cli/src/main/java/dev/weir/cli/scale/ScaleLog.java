package dev.weir.cli.scale;

import dev.weir.base.JsonText;
import dev.weir.base.UserError;
import dev.weir.scale.ScaleEvent;
import dev.weir.scale.ScaleTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.function.Consumer;

/// A file with a line of JSON for each decision, to which only is added.
final class ScaleLog {
  private final Path file;
  private final Consumer<String> said;
  private boolean isFailing;

  /// @param said takes a line if the file cannot be written, once until it can again
  private ScaleLog(Path file, Consumer<String> said) {
    this.file = file;
    this.said = said;
  }

  /// Opens it for the first time.
  ///
  /// @throws UserError if it cannot be written
  static ScaleLog open(Path file, Consumer<String> said) {
    try {
      Files.writeString(file, "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new ScaleLog(file, said);
    } catch (IOException e) {
      throw new UserError(
          "--scale-log: %s: cannot be written (expected: a file in a folder that exists): %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /// Adds a decision. A file that cannot be written does not stop the balancer.
  void add(String service, ScaleEvent event) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("service", service);
    tree.putAll(ScaleTree.of(event));
    try {
      Files.writeString(
          file,
          JsonText.of(tree),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      isFailing = false;
    } catch (IOException e) {
      if (!isFailing) {
        said.accept("--scale-log: %s: %s; decisions are missing there".formatted(file, e));
      }
      isFailing = true;
    }
  }
}
