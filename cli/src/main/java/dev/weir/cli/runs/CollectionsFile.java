package dev.weir.cli.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The file of container names that the tutorial's R script reads.
public final class CollectionsFile {
  /// Not a container: the script skips the first line.
  private static final String FIRST_LINE = "_weir_runs";

  private CollectionsFile() {}

  /// Where it is by default: in this folder, named after the database.
  public static Path of(String database) {
    return Path.of(database + ".collections.txt");
  }

  public static void write(Path file, List<String> containers) throws IOException {
    var lines = new ArrayList<>(List.of(FIRST_LINE));
    lines.addAll(containers);
    Files.write(file, lines);
  }
}
