package dev.weir.swarm.stack.read;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stack, merged from its files, with variables replaced and every value in one form.
///
/// @param version the Compose version, `3.13`
/// @param sections `services`, `networks`, `volumes`, `secrets`, `configs`: name to keys
/// @param extensions top-level `x-` keys
/// @param warnings keys without effect, each with file, line and path
/// @param files its files, to locate later problems
public record Stack(
    String version,
    Map<String, Map<String, Object>> sections,
    Map<String, Object> extensions,
    List<String> warnings,
    List<StackFile> files) {

  /// The services by name, each with its keys.
  public Map<String, Object> services() {
    return section("services");
  }

  /// One section by name.
  public Map<String, Object> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  /// The keys of one entry, or null if there is none.
  public @Nullable Map<String, @Nullable Object> entry(String section, String name) {
    Object entry = section(section).get(name);
    return entry == null ? null : Values.map(entry);
  }

  /// The place of a path: the last file that has it.
  public String where(String path) {
    for (int i = files.size() - 1; i >= 0; i--) {
      if (files.get(i).knows(path)) {
        return files.get(i).where(path);
      }
    }
    return files.getLast().where(path);
  }
}
