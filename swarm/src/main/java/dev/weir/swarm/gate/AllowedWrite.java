package dev.weir.swarm.gate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The target of a request that may change something, if its body is right too. The client's API
/// version is no part of it: an Engine drops what an old version did not know, such as the
/// capabilities of a container, so the gate writes in its own.
sealed interface AllowedWrite {
  /// A new number of replicas.
  ///
  /// @param service the service, by id or name
  /// @param version the version that the client read
  record CountUpdate(String service, long version) implements AllowedWrite {}

  /// The scaler's config, which does not exist yet.
  record ConfigCreate() implements AllowedWrite {}

  /// New labels of the scaler's config.
  ///
  /// @param config the config, by id or name
  /// @param version the version that the client read
  record ConfigUpdate(String config, long version) implements AllowedWrite {}

  /// The write of a target such as `/v1.44/configs/create`; empty for all others.
  static Optional<AllowedWrite> of(String target) {
    Matcher parts = Form.TARGET.matcher(target);
    if (!parts.matches()) {
      return Optional.empty();
    }
    if (parts.group("service") != null) {
      return Optional.of(
          new CountUpdate(parts.group("service"), version(parts, "first", "second")));
    }
    return Optional.of(
        parts.group("config") == null
            ? new ConfigCreate()
            : new ConfigUpdate(parts.group("config"), version(parts, "third")));
  }

  private static long version(Matcher parts, String... groups) {
    for (String group : groups) {
      if (parts.group(group) != null) {
        return Long.parseLong(parts.group(group));
      }
    }
    throw new IllegalStateException("a target without a version: " + parts.group());
  }

  /// How targets are written: exactly so, with no further parameter.
  final class Form {
    private static final String INDEX = "version=(?<%s>0|[1-9][0-9]{0,17})";
    private static final String SPEC = "registryAuthFrom=spec";
    private static final Pattern TARGET =
        Pattern.compile(
            "/v1\\.[0-9]{1,2}/(?:services/(?<service>%s)/update\\?(?:%s&%s|%s&%s)|configs/create|configs/(?<config>%s)/update\\?%s)"
                .formatted(
                    AllowedPath.NAME,
                    INDEX.formatted("first"),
                    SPEC,
                    SPEC,
                    INDEX.formatted("second"),
                    AllowedPath.NAME,
                    INDEX.formatted("third")));

    private Form() {}
  }
}
