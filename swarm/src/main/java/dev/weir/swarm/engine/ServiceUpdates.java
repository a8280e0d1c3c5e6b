package dev.weir.swarm.engine;

import dev.weir.swarm.engine.EngineException.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes services without losing other changes: read, change, write with the version that was
/// read, and repeat if another writer was faster.
public final class ServiceUpdates {
  /// Attempts per change. Eight writers at once need about ten.
  private static final int TRIES_MAX = 60;

  private static final long PAUSE_NANOS_MIN = Duration.ofMillis(5).toNanos();
  private static final long PAUSE_NANOS_MAX = Duration.ofMillis(500).toNanos();

  private final Engine engine;

  /// Changes services through a manager.
  public ServiceUpdates(Engine engine) {
    this.engine = engine;
  }

  /// The result of a change.
  ///
  /// @param id the service
  /// @param changed whether anything was written
  /// @param tries how often the spec was read
  /// @param spec the spec that is now in force
  public record Change(String id, boolean changed, int tries, ObjectNode spec) {}

  /// Applies `change` to the spec of a service, found by id or name.
  ///
  /// The change gets a copy and is called again after a conflict, so it must depend only on the
  /// spec. If it changes nothing, nothing is written: every write costs a version, and may cause
  /// another writer a conflict.
  ///
  /// @throws EngineException if the Engine refuses, or conflicts continue
  public Change change(String service, UnaryOperator<ObjectNode> change) {
    return change(service, change, Map.of());
  }

  /// The same with headers, such as a new `X-Registry-Auth`. Without one, the service keeps its
  /// credentials.
  public Change change(
      String service, UnaryOperator<ObjectNode> change, Map<String, String> headers) {
    return change(service, (_, spec) -> change.apply(spec), headers);
  }

  /// The same for a change that depends on more than the spec.
  public Change change(String service, Edit edit) {
    return change(service, edit, Map.of());
  }

  /// A change of a service's spec that looks at the whole service.
  @FunctionalInterface
  public interface Edit {
    /// The spec to be written.
    ///
    /// @param service the service as it was read
    /// @param spec a copy of its spec, which may be changed and returned
    ObjectNode apply(JsonNode service, ObjectNode spec);
  }

  private Change change(String service, Edit edit, Map<String, String> headers) {
    String id = service;
    for (int tries = 1; ; tries++) {
      JsonNode read = engine.get("/services/" + id);
      id = read.path("ID").asString(id);
      ObjectNode before = (ObjectNode) read.path("Spec");
      // Serialised and read again, so that a new long 3 equals an existing 3.
      ObjectNode after =
          (ObjectNode) EngineJson.parse(EngineJson.bytes(edit.apply(read, before.deepCopy())));
      if (after.equals(before)) {
        return new Change(id, false, tries, before);
      }
      try {
        engine.post("/services/" + id + "/update", query(read, headers), after, headers);
        return new Change(id, true, tries, after);
      } catch (EngineException e) {
        if (e.reason() != Reason.OUT_OF_SEQUENCE || tries == TRIES_MAX) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  private static Map<String, String> query(JsonNode read, Map<String, String> headers) {
    var query = new LinkedHashMap<String, String>();
    query.put("version", read.path("Version").path("Index").asString("0"));
    if (!headers.containsKey(RegistryAuth.HEADER)) {
      query.put("registryAuthFrom", "spec");
    }
    return query;
  }

  /// A random part of a doubling pause, so that writers in conflict separate.
  private static void pause(int tries) {
    long most = Math.min(PAUSE_NANOS_MAX, PAUSE_NANOS_MIN << Math.min(tries, 20));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS_MIN, most + 1));
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted between two tries of an update");
    }
  }
}
