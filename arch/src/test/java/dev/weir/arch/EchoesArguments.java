package dev.weir.arch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// In Weir's place behind the launcher: prints each argument, and what the file of that name holds.
public final class EchoesArguments {
  private EchoesArguments() {}

  /// Runs in a process of its own.
  public static void main(String[] args) throws IOException {
    var text = new StringBuilder();
    for (String arg : args) {
      Path file = Path.of(arg);
      text.append(arg).append('=').append(Files.exists(file) ? Files.readString(file) : "none");
      text.append('\n');
    }
    System.out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    System.out.println("é");
    System.out.flush();
  }
}
