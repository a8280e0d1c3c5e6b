package dev.weir.swarm.stack.read;

import dev.weir.base.Problems;
import dev.weir.base.Visible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/// Reads a Compose file: YAML with anchors and merge keys. Mappings have unique string keys. Only
/// the first document counts.
public final class StackYaml {
  /// Aliases inside aliases grow exponentially; a file that expands beyond this is an attack.
  private static final int VALUES_MAX = 200_000;

  /// The letters of all paths, each of which repeats the keys above it.
  private static final long PATH_LETTERS_MAX = 20_000_000;

  /// The largest file. Reading a mebibyte of YAML takes a second, and more on a busy machine.
  static final int BYTES_MAX = 1 << 20;

  private static final Tag PLAIN = new Tag("tag:weir.dev,2026:plain");
  private static final Tag BINARY = new Tag("tag:yaml.org,2002:binary");
  private static final Tag NULL = new Tag("tag:yaml.org,2002:null");
  private static final Set<String> NUMBERS =
      Set.of("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool");

  private final String name;
  private final Problems problems;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Deque<Node> open = new ArrayDeque<>();
  private int values;
  private long pathLetters;

  private StackYaml(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
  }

  /// Reads one file, or reports why it cannot be read and returns null.
  public static @Nullable StackFile read(String name, String text, Problems problems) {
    return new StackYaml(name, problems).read(text);
  }

  private @Nullable StackFile read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setCodePointLimit(BYTES_MAX)
            .setMaxAliasesForCollections(VALUES_MAX)
            .setSchema(new AsWritten())
            .build();
    int before = problems.all().size();
    try {
      Iterator<Node> documents = new Composer(settings, new BoundedParser(settings, text));
      Object root = documents.hasNext() ? value(documents.next(), "") : null;
      if (problems.all().size() > before) {
        return null;
      }
      if (!(root instanceof Map)) {
        problems.add(name + ": the top level must be a mapping with the key `services`");
        return null;
      }
      return new StackFile(name, Values.map(root), lines);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      add("%s:%d: not YAML: %s".formatted(name, line, e.getProblem()));
    } catch (YamlEngineException e) {
      add("%s: not YAML: %s".formatted(name, e.getMessage()));
    }
    return null;
  }

  private void add(String problem) {
    problems.add(Visible.shortLine(problem));
  }

  /// Whether one more value is too many; the first such value is reported.
  private boolean isTooMuch(Node node, String path) {
    boolean before = isFull();
    values++;
    pathLetters += path.length();
    if (!before && values > VALUES_MAX) {
      add("%s: more than %d values once aliases are expanded".formatted(name, VALUES_MAX));
    } else if (!before && pathLetters > PATH_LETTERS_MAX) {
      add("%s:%d: too long: its keys, of this and all levels above".formatted(name, line(node)));
    }
    return isFull();
  }

  private boolean isFull() {
    return values > VALUES_MAX || pathLetters > PATH_LETTERS_MAX;
  }

  private @Nullable Object value(Node node, String path) {
    if (isTooMuch(node, path)) {
      return null;
    }
    node.getStartMark().ifPresent(mark -> lines.putIfAbsent(path, mark.getLine() + 1));
    if (open.contains(node)) {
      add("%s:%d: %s: an anchor contains itself".formatted(name, line(node), path));
      return null;
    }
    if (open.size() > BoundedParser.DEPTH_MAX) {
      values = VALUES_MAX + 1; // one such is enough
      add("%s:%d: more than %d levels deep".formatted(name, line(node), BoundedParser.DEPTH_MAX));
      return null;
    }
    return switch (node) {
      case ScalarNode scalar -> finite(scalar(scalar, path), scalar, path);
      case SequenceNode sequence -> list(sequence, path);
      case MappingNode mapping -> mapping(mapping, path);
      default -> null;
    };
  }

  private @Nullable Object finite(@Nullable Object value, Node node, String path) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      add(
          "%s:%d: %s: %s is no number a Compose file may hold"
              .formatted(name, line(node), path, value));
      return null;
    }
    return value;
  }

  private List<@Nullable Object> list(SequenceNode sequence, String path) {
    List<@Nullable Object> list = new ArrayList<>();
    open.push(sequence);
    for (Node item : sequence.getValue()) {
      if (isFull()) {
        break;
      }
      list.add(value(item, Paths.item(path, list.size())));
    }
    open.pop();
    return list;
  }

  private Map<String, @Nullable Object> mapping(MappingNode mapping, String path) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    Node merged = null;
    open.push(mapping);
    for (NodeTuple tuple : mapping.getValue()) {
      if (isFull()) {
        break;
      }
      String key = key(tuple.getKeyNode(), path);
      if (key == null) {
        continue;
      }
      if (!seen.add(key)) {
        add(
            "%s:%d: %s: the key is there twice; remove one"
                .formatted(name, line(tuple.getKeyNode()), Paths.key(path, key)));
      } else if (key.equals("<<") && isPlain(tuple.getKeyNode())) {
        merged = tuple.getValueNode();
      } else {
        String at = Paths.key(path, key);
        lines.putIfAbsent(at, line(tuple.getKeyNode()));
        map.put(key, value(tuple.getValueNode(), at));
      }
    }
    if (merged != null) {
      merge(merged, map, path);
    }
    open.pop();
    return map;
  }

  /// Adds the values of a merge key: existing keys win, and among several sources the first.
  private void merge(Node source, Map<String, @Nullable Object> map, String path) {
    List<Node> sources =
        source instanceof SequenceNode sequence ? sequence.getValue() : List.of(source);
    for (Node each : sources) {
      if (each instanceof MappingNode mapping && !open.contains(mapping)) {
        for (var entry : mapping(mapping, path).entrySet()) {
          if (!map.containsKey(entry.getKey())) {
            map.put(entry.getKey(), entry.getValue());
          }
        }
      } else {
        add(
            "%s:%d: %s: << takes a mapping or a list of mappings"
                .formatted(name, line(each), path));
      }
    }
  }

  private @Nullable String key(Node node, String path) {
    if (node instanceof ScalarNode scalar && scalar(scalar, path) instanceof String text) {
      return text;
    }
    String found = node instanceof ScalarNode scalar ? scalar.getValue() : "a collection";
    add(
        "%s:%d: %s: key %s is not a string (put quotes around it)"
            .formatted(name, line(node), path.isEmpty() ? "top level" : path, found));
    return null;
  }

  private @Nullable Object scalar(ScalarNode scalar, String path) {
    Tag tag = scalar.getTag();
    if (tag.equals(PLAIN)) {
      return scalar.getValue().equals("<<") ? "<<" : PlainScalars.read(scalar.getValue());
    }
    if (tag.equals(BINARY)) {
      try {
        byte[] bytes = Base64.getMimeDecoder().decode(scalar.getValue());
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        add("%s:%d: %s: not base64".formatted(name, line(scalar), path));
        return null;
      }
    }
    if (tag.equals(NULL)) {
      return null;
    }
    return NUMBERS.contains(tag.getValue())
        ? PlainScalars.read(scalar.getValue())
        : scalar.getValue();
  }

  private static boolean isPlain(Node node) {
    return node.getTag().equals(PLAIN);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /// Keeps unquoted scalars as text, for [PlainScalars].
  private static final class AsWritten implements Schema {
    @Override
    public ScalarResolver getScalarResolver() {
      return (value, implicit) -> implicit ? PLAIN : Tag.STR;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
      return Map.of();
    }
  }
}
