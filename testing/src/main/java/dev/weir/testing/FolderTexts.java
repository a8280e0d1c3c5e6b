package dev.weir.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// What a folder holds, to compare at once.
public final class FolderTexts {
  private FolderTexts() {}

  /// The text of each file by its name. The folder has no folders in it.
  public static Map<String, String> of(Path folder) throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
