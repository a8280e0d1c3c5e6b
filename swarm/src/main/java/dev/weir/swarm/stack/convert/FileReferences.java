package dev.weir.swarm.stack.convert;

import dev.weir.swarm.stack.read.Paths;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The secrets and configs of a service: which ones, and the files they become.
final class FileReferences {
  private static final long READ_BY_ALL = 0444;

  private final Stack stack;
  private final StackNames names;
  private final Map<String, @Nullable Object> service;
  private final BiConsumer<String, String> problem;

  FileReferences(
      Stack stack,
      StackNames names,
      Map<String, @Nullable Object> service,
      BiConsumer<String, String> problem) {
    this.stack = stack;
    this.names = names;
    this.service = service;
    this.problem = problem;
  }

  /// A reference with its name, by which references are sorted.
  private record Named(String name, EngineSpec spec) {}

  List<Object> secrets() {
    return sorted(references("secrets", "SecretName", "SecretID"));
  }

  List<Object> configs() {
    List<Named> references = references("configs", "ConfigName", "ConfigID");
    String credentials = credentials();
    if (!credentials.isEmpty()) {
      String name = names.of(credentials, known("configs", credentials, "credential_spec"));
      references.add(
          new Named(
              name,
              new EngineSpec()
                  .always("Runtime", new EngineSpec())
                  .always("ConfigID", "")
                  .always("ConfigName", name)));
    }
    return sorted(references);
  }

  /// The container's privileges; the credentials' config is given by name until its ID is known.
  EngineSpec privileges() {
    Map<String, @Nullable Object> said = Values.map(service.get("credential_spec"));
    EngineSpec credentials = null;
    if (said.size() > 1) {
      problem.accept("credential_spec", "takes one of `config`, `file` and `registry`");
    } else if (said.size() == 1) {
      credentials =
          new EngineSpec()
              .always("Config", credentials().isEmpty() ? "" : credentialsName())
              .always("File", Values.text(said.get("file")))
              .always("Registry", Values.text(said.get("registry")));
    }
    return new EngineSpec()
        .always("CredentialSpec", credentials)
        .always("SELinuxContext", null)
        .always("NoNewPrivileges", false);
  }

  private String credentials() {
    return Values.text(Values.map(service.get("credential_spec")).get("config"));
  }

  private String credentialsName() {
    String name = names.of(credentials(), stack.entry("configs", credentials()));
    if (!name.equals(credentials()) && !name.equals(names.scoped(credentials()))) {
      problem.accept(
          "credential_spec.config",
          "the config has the name %s of its own, by which it is not found".formatted(name));
    }
    return name;
  }

  private List<Named> references(String section, String nameKey, String idKey) {
    List<Named> out = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    int index = 0;
    for (Object each : Values.list(service.get(section))) {
      String path = Paths.item(section, index++);
      Map<String, @Nullable Object> keys = Values.map(each);
      String source = Values.text(keys.get("source"));
      String name = names.of(source, known(section, source, path));
      String target = or(keys.get("target"), source);
      if (!targets.add(target)) {
        problem.accept(path, "the target %s is taken".formatted(target));
      }
      Object mode = keys.get("mode");
      EngineSpec file =
          new EngineSpec()
              .always("Name", target)
              .always("UID", or(keys.get("uid"), "0"))
              .always("GID", or(keys.get("gid"), "0"))
              .always("Mode", mode == null ? READ_BY_ALL : mode);
      out.add(
          new Named(
              name, new EngineSpec().always("File", file).always(idKey, "").always(nameKey, name)));
    }
    return out;
  }

  private static String or(@Nullable Object value, String otherwise) {
    String text = Values.text(value);
    return text.isEmpty() ? otherwise : text;
  }

  private @Nullable Map<String, @Nullable Object> known(
      String section, String source, String path) {
    Map<String, @Nullable Object> entry = stack.entry(section, source);
    if (entry == null) {
      problem.accept(path, "`%s` is not among the top-level `%s`".formatted(source, section));
    }
    return entry;
  }

  private static List<Object> sorted(List<Named> references) {
    references.sort(Comparator.comparing(Named::name));
    List<Object> specs = new ArrayList<>();
    references.forEach(each -> specs.add(each.spec()));
    return specs;
  }
}
