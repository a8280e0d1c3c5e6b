package dev.weir.swarm.follow;

import dev.weir.base.FormerNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The text of one service's labels, and what is wrong with it.
///
/// @param service the service
/// @param problems gets one line for each wrong label
record LabelText(ServiceView service, List<String> problems) {
  /// The value of a label, under its present or a former name, without spaces around it.
  Optional<String> of(String name) {
    Stream<String> names = Stream.concat(Stream.of(name), formerNames(name));
    return names.map(service.labels()::get).filter(Objects::nonNull).findFirst().map(String::strip);
  }

  private static Stream<String> formerNames(String name) {
    return FormerNames.LABELS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey);
  }

  /// Adds the problem of a label.
  void wrong(String name, String value, String expected) {
    problems.add(
        "service %s: label %s: %s (expected: %s)"
            .formatted(service.name(), name, value.isEmpty() ? "empty" : value, expected));
  }

  /// The truth of a label that is either `true` or `false`.
  Optional<Boolean> truth(String name) {
    Optional<String> text = of(name);
    if (text.isPresent() && !text.get().matches("true|false")) {
      wrong(name, text.get(), "true or false");
    }
    return text.map(Boolean::valueOf);
  }
}
