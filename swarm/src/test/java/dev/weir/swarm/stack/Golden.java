package dev.weir.swarm.stack;

import dev.weir.swarm.stack.read.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What the docker CLI 28.2.2 made of our cases, so that the comparison bites without it.
///
/// Of each case there stand only the leaves that differ from a plain service's.
final class Golden {
  private static final Case PLAIN = new Case("plain", List.of("services: {a: {image: a}}\n"));
  private static final String FILE = "golden.txt";

  private Golden() {}

  /// Case to its lines.
  static Map<String, List<String>> read() {
    Map<String, List<String>> golden = new LinkedHashMap<>();
    for (String part : Case.resource(FILE).substring(4).split("\n### ", -1)) {
      List<String> lines = part.lines().toList();
      golden.put(lines.getFirst(), lines.subList(1, lines.size()));
    }
    return golden;
  }

  /// Writes anew what the docker CLI does now.
  static void write(Map<String, List<String>> golden) throws IOException {
    StringBuilder text = new StringBuilder();
    golden.forEach((name, lines) -> {
      text.append("### ").append(name).append('\n');
      lines.forEach(line -> text.append(line).append('\n'));
    });
    Path file = Path.of("src/test/resources/dev/weir/swarm/stack", FILE);
    Files.writeString(file, text.toString());
  }

  /// The lines of an outcome.
  static List<String> lines(Comparison.Outcome outcome, Path folder) throws IOException {
    if (!outcome.accepted()) {
      return List.of("refused");
    }
    Set<String> plain =
        leaves(
            Comparison.weir(PLAIN.files(Files.createDirectories(folder.resolve("p")), 0)), folder);
    Set<String> leaves = leaves(outcome, folder);
    List<String> lines = new ArrayList<>();
    for (String leaf : plain) {
      if (!leaves.contains(leaf)) {
        lines.add("- " + leaf);
      }
    }
    for (String leaf : leaves) {
      if (!plain.contains(leaf)) {
        lines.add("+ " + leaf);
      }
    }
    return lines;
  }

  private static Set<String> leaves(Comparison.Outcome outcome, Path folder) {
    Set<String> leaves = new TreeSet<>();
    outcome.posted().forEach((key, node) -> leaves(key, node, folder.toString(), leaves));
    return leaves;
  }

  private static void leaves(String path, JsonNode node, String folder, Set<String> out) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(entry -> leaves(path + "/" + entry.getKey(), entry.getValue(), folder, out));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        leaves(path + "[" + i + "]", node.get(i), folder, out);
      }
    } else {
      String value =
          node.isNumber()
              ? node.decimalValue().stripTrailingZeros().toPlainString()
              : node.toString();
      out.add((path + " = " + value).replace(folder, "FOLDER"));
    }
  }
}
