package dev.weir.swarm.stack.read;

import dev.weir.base.Problems;
import dev.weir.base.Visible;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Loads Compose files into a [Stack]; reports the errors of all files at once.
public final class StackLoader {
  private static final Pattern VERSION = Pattern.compile("3\\.(\\d|1[0-3])");
  private static final String STANDARD_INPUT = "-";

  private final Map<String, String> environment;
  private final Supplier<String> standardInput;
  private final Problems problems = new Problems();
  private final List<String> warnings = new ArrayList<>();
  private boolean interpolating = true;

  /// @param environment the variables to replace
  /// @param standardInput read for a file named `-`
  public StackLoader(Map<String, String> environment, Supplier<String> standardInput) {
    this.environment = Map.copyOf(environment);
    this.standardInput = standardInput;
  }

  /// Leaves variables as they are written.
  public StackLoader withoutInterpolation() {
    interpolating = false;
    return this;
  }

  /// Loads files in order; later ones add to earlier ones and override them. Paths in them are
  /// relative to the first file's folder.
  ///
  /// @throws IllegalArgumentException listing every problem with file, line and path
  public Stack load(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("-c: no Compose file given (expected: -c FILE)");
    }
    Path folder = folder(names.getFirst());
    List<StackFile> files = new ArrayList<>();
    for (String name : names) {
      StackFile file = read(name);
      if (file != null) {
        files.add(file);
      }
    }
    problems.throwIfAny("stack");
    String version = version(files.getFirst());
    Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
    Map<String, Object> extensions = new LinkedHashMap<>();
    for (StackFile file : files) {
      if (!version(file).equals(version)) {
        problems.add(
            Visible.shortLine(
                "%s: says %s, and %s says %s; they must be the same"
                    .formatted(
                        file.where("version"),
                        version(file),
                        files.getFirst().where("version"),
                        version)));
        continue;
      }
      join(
          new ComposeSections(environment, folder).read(checked(file), problems, warnings),
          sections);
      file.root()
          .forEach((key, value) -> {
            if (key.startsWith("x-") && value != null) {
              extensions.put(key, value);
            }
          });
    }
    Stack stack =
        new Stack(version, sections, extensions, List.copyOf(warnings), List.copyOf(files));
    problems.throwIfAny("stack");
    return stack;
  }

  private static Path folder(String first) {
    if (first.equals(STANDARD_INPUT)) {
      return Path.of("").toAbsolutePath();
    }
    Path parent = Path.of(first).toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private @Nullable StackFile read(String name) {
    boolean standard = name.equals(STANDARD_INPUT);
    try {
      String text = standard ? standardInput.get() : SmallFile.typed(name, StackYaml.BYTES_MAX);
      return StackYaml.read(standard ? "standard input" : name, text, problems);
    } catch (IllegalArgumentException e) {
      problems.add("-c: %s: %s".formatted(Visible.shortLine(name), e.getMessage()));
      return null;
    }
  }

  /// The file's version, `3.13` if it has none.
  static String version(StackFile file) {
    String version =
        file.root().containsKey("version") ? Values.text(file.root().get("version")) : "";
    return version.isEmpty() || version.equals("3") ? "3." + ComposeSchema.LATEST : version;
  }

  /// The file with its variables replaced, if it fits the schema; errors are reported.
  private FileProblems checked(StackFile file) {
    FileProblems raw = new FileProblems(file, problems, warnings);
    ServiceWarnings.forbidden(raw);
    FileProblems fileProblems =
        interpolating
            ? new FileProblems(new Interpolation(environment, raw).apply(), problems, warnings)
            : raw;
    Matcher version = VERSION.matcher(version(file));
    if (version.matches()) {
      new SchemaCheck(fileProblems, Integer.parseInt(version.group(1))).check();
    } else {
      raw.at("version", "%s is unknown (expected: 3.0 to 3.13, or none)".formatted(version(file)));
    }
    ServiceWarnings.ignored(fileProblems);
    return fileProblems;
  }

  private static void join(
      Map<String, Map<String, Object>> file, Map<String, Map<String, Object>> sections) {
    file.forEach((section, entries) -> {
      Map<String, Object> known = sections.computeIfAbsent(section, _ -> new TreeMap<>());
      entries.forEach((name, keys) -> {
        Object base = known.get(name);
        boolean service = section.equals("services");
        known.put(name, base == null || !service ? keys : ServiceFields.SERVICE.merge(base, keys));
      });
    });
  }
}
