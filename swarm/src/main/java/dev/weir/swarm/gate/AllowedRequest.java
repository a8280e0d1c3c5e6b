package dev.weir.swarm.gate;

import dev.weir.swarm.engine.Filters;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An allowed request, parsed and written again. No byte of the client's own reaches the Engine, so
/// the two cannot read it differently.
///
/// @param version the client's API version
/// @param path without the version
/// @param query the parameters, decoded
/// @param endless whether the response has no fixed end
record AllowedRequest(String version, String path, Map<String, String> query, boolean endless) {
  private static final Pattern TARGET =
      Pattern.compile("/v(1\\.[0-9]{1,2})(/[A-Za-z0-9_./-]{1,200})(?:\\?([!-~]{0,4000}))?");
  private static final int VALUES_MAX = 100;
  private static final int VALUE_LETTERS_MAX = 200;
  private static final Set<String> FLAGS = Set.of("0", "1", "false", "true");
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// The request for `target`; empty if no preset allows it.
  static Optional<AllowedRequest> of(String target, Collection<Preset> presets) {
    Matcher parts = TARGET.matcher(target);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String path = parts.group(2);
    return presets.stream()
        .flatMap(preset -> preset.rules().stream())
        .filter(rule -> rule.path().matcher(path).matches())
        .flatMap(rule ->
            query(rule, parts.group(3) == null ? "" : parts.group(3)).stream()
                .map(query -> new AllowedRequest(parts.group(1), path, query, rule.endless())))
        .findFirst();
  }

  private static Optional<Map<String, String>> query(AllowedPath rule, String text) {
    var query = new LinkedHashMap<String, String>();
    try {
      for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
        String[] sides = pair.split("=", 2);
        String value = sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8);
        boolean good =
            sides[0].equals("filters")
                ? !rule.filters().isEmpty()
                : rule.flags().contains(sides[0])
                    ? FLAGS.contains(value)
                    : rule.numbers().contains(sides[0]) && value.matches("[0-9]{1,4}");
        if (!good || query.put(sides[0], value) != null) {
          return Optional.empty();
        }
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not percent-encoded as it must be
    }
    return narrowed(rule, query);
  }

  /// Rewrites filters, and limits streams to what is needed.
  private static Optional<Map<String, String>> narrowed(
      AllowedPath rule, Map<String, String> query) {
    boolean streams = rule.flags().contains("stream");
    if (streams && !query.getOrDefault("stream", "").matches("0|false")) {
      return Optional.empty();
    }
    Optional<Filters> filters = filters(rule, query.getOrDefault("filters", "{}"));
    query.remove("filters");
    filters.ifPresent(one -> query.putAll(one.query()));
    return filters.map(_ -> query);
  }

  private static Optional<Filters> filters(AllowedPath rule, String json) {
    JsonNode tree;
    try {
      tree = STRICT.readTree(json);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    Filters filters = Filters.none();
    boolean typed = false;
    int count = 0;
    for (Map.Entry<String, JsonNode> filter : tree.properties()) {
      boolean type = filter.getKey().equals("type");
      typed |= type && !filter.getValue().isEmpty();
      if (!rule.filters().contains(filter.getKey()) || !filter.getValue().isArray()) {
        return Optional.empty();
      }
      for (JsonNode value : filter.getValue()) {
        String text = value.isString() ? value.asString() : "";
        if (text.isEmpty()
            || text.length() > VALUE_LETTERS_MAX
            || ++count > VALUES_MAX
            || (type && !rule.types().contains(text))) {
          return Optional.empty();
        }
        filters.and(filter.getKey(), text);
      }
    }
    return tree.isObject() && (typed || rule.types().isEmpty())
        ? Optional.of(filters)
        : Optional.empty();
  }
}
