package dev.weir.lab.record;

import dev.weir.lab.sampling.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The machine that makes a run.
///
/// @param node its name
public record MachineInfo(String node) {
  /// This machine.
  public static MachineInfo local() {
    return new MachineInfo(LocalHost.name());
  }

  /// Facts by name, in the order to print them.
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("weir", WeirVersion.text());
    facts.put("java", Runtime.version().toString());
    facts.put(
        "machine",
        "%d cores, %s %s".formatted(Runtime.getRuntime().availableProcessors(), cpu(), system()));
    return facts;
  }

  private static String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.version");
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip() + ",")
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      // Not Linux: the core count and the system's name have to do.
      return "";
    }
  }
}
