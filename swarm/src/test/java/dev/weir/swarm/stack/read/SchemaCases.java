package dev.weir.swarm.stack.read;

import dev.weir.swarm.stack.read.SchemaType.Format;
import dev.weir.swarm.stack.read.SchemaType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Cases made from the schema: every key with a good value in the first version that has it, in the
/// version before, and with a value of a wrong type.
public final class SchemaCases {
  private static final String BASE_SERVICE = "image: a";

  private final List<Case> cases = new ArrayList<>();
  private final Set<String> keys = new TreeSet<>();

  public static SchemaCases all() {
    var all = new SchemaCases();
    all.walk(ComposeSchema.FILE, List.of(), 0);
    return all;
  }

  public List<Case> cases() {
    return cases;
  }

  /// Every key there is a case for, as a path.
  public Set<String> keys() {
    return keys;
  }

  private void walk(SchemaType shape, List<String> steps, int since) {
    switch (shape) {
      case SchemaType.Keys of -> {
        of.named().forEach((_, variants) -> variants.forEach(each -> key(each, steps, since)));
        if (of.pattern() != null) {
          walk(of.other(), with(steps, name(steps)), since);
        }
      }
      case SchemaType.OneOf oneOf -> oneOf.shapes().forEach(each -> walk(each, steps, since));
      case SchemaType.Items items -> walk(items.item(), with(steps, "[]"), since);
      case SchemaType.Leaf _, SchemaType.Choice _ -> {}
    }
  }

  private static String name(List<String> steps) {
    return steps.isEmpty() ? "a" : steps.getLast().equals("networks") ? "default" : "a";
  }

  private void key(SchemaType.Since key, List<String> steps, int since) {
    List<String> path = with(steps, key.key());
    int minor = Math.max(since, key.minor());
    String name = String.join(".", path) + " 3." + minor;
    keys.add(String.join(".", path));
    if (path.size() == 1 && key.key().equals("version")) {
      return;
    }
    add(name, path, sample(key.shape(), minor), minor);
    add(name + " of a wrong type", path, wrong(key.shape()), minor);
    if (minor > since) {
      add(name + " too early", path, sample(key.shape(), minor), minor - 1);
    }
    walk(key.shape(), path, minor);
  }

  private void add(String name, List<String> path, String value, int minor) {
    String section = path.getFirst();
    StringBuilder text = new StringBuilder("version: \"3." + minor + "\"\n");
    boolean service = section.equals("services");
    boolean whole = service && path.size() > 2;
    text.append(whole ? "" : service ? "" : "services: {a: {" + BASE_SERVICE + "}}\n");
    text.append(nest(path, value, whole)).append('\n');
    cases.add(new Case(name, List.of(text.toString())));
  }

  /// `{services: {a: {image: a, key: value}}}`, in flow style below the first key.
  private static String nest(List<String> path, String value, boolean whole) {
    String inner = value;
    for (int i = path.size() - 1; i > 0; i--) {
      String step = path.get(i);
      if (step.equals("[]")) {
        inner = "[" + inner + "]";
      } else {
        String beside = whole && i == 2 && !step.equals("image") ? BASE_SERVICE + ", " : "";
        if (i > 2
            && path.get(i - 1).equals("[]")
            && path.get(i - 2).equals("volumes")
            && !step.equals("type")) {
          beside =
              "type: "
                  + (step.equals("bind") || step.equals("tmpfs") ? step : "volume")
                  + ", target: /t, ";
          beside =
              step.equals("target")
                  ? "type: volume, "
                  : step.equals("bind") ? "type: bind, source: /s, target: /t, " : beside;
        }
        if (i > 2 && path.get(i - 2).equals("ulimits")) {
          beside = step.equals("soft") ? "hard: 9, " : "soft: 1, ";
        }
        inner = "{" + beside + step + ": " + inner + "}";
      }
    }
    return path.getFirst() + ": " + inner;
  }

  private static String sample(SchemaType shape, int minor) {
    return switch (shape) {
      case SchemaType.Choice choice -> new TreeSet<>(choice.words()).getFirst();
      case SchemaType.Leaf leaf -> leaf(leaf);
      case SchemaType.Items items -> "[" + sample(items.item(), minor) + "]";
      case SchemaType.OneOf oneOf -> sample(oneOf.shapes().getFirst(), minor);
      case SchemaType.Keys of -> {
        Map<String, String> entries = new TreeMap<>();
        if (of.named().containsKey("image")) {
          entries.put("image", "a");
        }
        of.required().forEach(key -> entries.put(key, key.equals("type") ? "volume" : "5"));
        if (of.pattern() != null) {
          entries.put("a", sample(of.other(), minor));
        }
        List<String> out = new ArrayList<>();
        entries.forEach((key, value) -> out.add(key + ": " + value));
        yield "{" + String.join(", ", out) + "}";
      }
    };
  }

  private static String leaf(SchemaType.Leaf leaf) {
    if (leaf.format() == Format.DURATION) {
      return "7s";
    }
    if (leaf.format() == Format.PORTS) {
      return "'81:80'";
    }
    if (leaf.kinds().contains(Kind.STRING)) {
      return "text";
    }
    return leaf.kinds().contains(Kind.BOOLEAN) ? "true" : "3";
  }

  private static String wrong(SchemaType shape) {
    return switch (shape) {
      case SchemaType.Choice _ -> "other";
      case SchemaType.Leaf leaf -> leaf.kinds().contains(Kind.STRING) ? "{}" : "text";
      case SchemaType.Items _, SchemaType.OneOf _, SchemaType.Keys _ -> "1.5";
    };
  }

  private static List<String> with(List<String> steps, String next) {
    List<String> out = new ArrayList<>(steps);
    out.add(next);
    return out;
  }
}
