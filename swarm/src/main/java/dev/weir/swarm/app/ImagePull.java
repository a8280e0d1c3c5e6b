package dev.weir.swarm.app;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.JsonLines;
import dev.weir.swarm.engine.RegistryAuth;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A pull of an image, layer by layer.
final class ImagePull {
  /// A registry that is silent for this long has gone.
  private static final Duration SILENCE_MAX = Duration.ofMinutes(3);

  /// Downloading and unpacking both count; unpacking is faster.
  private static final double DOWNLOAD_PART = 0.75;

  private static final int LAYERS_MAX = 10_000;

  private final Map<String, Layer> layers = new LinkedHashMap<>();

  /// How far one layer is.
  private record Layer(double share, long bytes) {}

  private ImagePull() {}

  /// Makes sure that the Engine has an image, and returns its id.
  static String ensure(
      Engine engine, String image, PullPolicy policy, RegistryAuth auth, StartListener listener) {
    Optional<String> present = policy == PullPolicy.ALWAYS ? Optional.empty() : id(engine, image);
    if (present.isEmpty() && policy == PullPolicy.NEVER) {
      throw new UserError(
          "--pull: never, and %s has no image %s (expected: an image that 'docker images' lists, or --pull missing)"
              .formatted(engine.address(), image));
    }
    return present.orElseGet(() -> {
      pull(engine, image, auth, listener);
      return id(engine, image)
          .orElseThrow(
              () -> new UserError("IMAGE: %s was pulled, and is not there".formatted(image)));
    });
  }

  /// The id of an image that the Engine has.
  private static Optional<String> id(Engine engine, String image) {
    try {
      return Optional.of(engine.get("/images/" + image + "/json").path("Id").asString(""));
    } catch (EngineException e) {
      if (e.reason() == EngineException.Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void pull(Engine engine, String image, RegistryAuth auth, StartListener listener) {
    // Without a tag the Engine would pull all tags.
    String last = image.substring(image.lastIndexOf('/') + 1);
    String named = last.contains(":") || last.contains("@") ? image : image + ":latest";
    var pull = new ImagePull();
    try (var stream =
        engine.stream(
                "POST", "/images/create", Map.of("fromImage", named), null, auth.headers(image))
            .idleMax(SILENCE_MAX)) {
      var lines = new JsonLines(stream);
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        JsonNode said = line.get();
        if (said.has("error")) {
          throw refused(image, said.path("error").asString(""), null);
        }
        pull.take(said);
        listener.pulling(pull.share(), pull.note());
      }
    } catch (EngineException e) {
      throw e.status() == 0 ? e : refused(image, e.message(), e);
    } catch (IOException e) {
      throw refused(image, String.valueOf(e.getMessage()), e);
    }
  }

  private static UserError refused(
      String image, String said, @org.jspecify.annotations.Nullable Throwable cause) {
    String line = said.strip().replaceAll("\\s*\\R\\s*", "; ");
    String message =
        "IMAGE: %s cannot be pulled: %s (is the name right? for a private one: docker login; for one that is on the machine: --pull never)"
            .formatted(image, line);
    return cause == null ? new UserError(message) : new UserError(message, cause);
  }

  /// Takes one line of the stream.
  void take(JsonNode line) {
    String id = line.path("id").asString("");
    String status = line.path("status").asString("");
    if (id.isEmpty() || layers.size() >= LAYERS_MAX) {
      return;
    }
    Layer known = layers.getOrDefault(id, new Layer(0, 0));
    long current = line.path("progressDetail").path("current").asLong(0);
    long total = Math.max(known.bytes, line.path("progressDetail").path("total").asLong(0));
    double part = total == 0 ? 0 : Math.min(1, (double) current / total);
    switch (status) {
      case "Pulling fs layer", "Waiting" -> layers.put(id, known);
      case "Downloading" -> layers.put(id, new Layer(part * DOWNLOAD_PART, total));
      case "Verifying Checksum", "Download complete" ->
          layers.put(id, new Layer(Math.max(known.share, DOWNLOAD_PART), total));
      case "Extracting" ->
          layers.put(id, new Layer(DOWNLOAD_PART + part * (1 - DOWNLOAD_PART), total));
      case "Pull complete", "Already exists" -> layers.put(id, new Layer(1, total));
      default -> {
        // A line such as "Pulling from library/nginx", with the tag as its id.
      }
    }
  }

  /// The share over all layers, weighted by size; a layer of unknown size gets the mean weight.
  double share() {
    double known = layers.values().stream().filter(l -> l.bytes > 0).count();
    long bytes = layers.values().stream().mapToLong(Layer::bytes).sum();
    double usual = known == 0 ? 1 : bytes / known;
    double all = 0;
    double done = 0;
    for (Layer layer : layers.values()) {
      double weight = layer.bytes > 0 ? layer.bytes : usual;
      all += weight;
      done += weight * layer.share;
    }
    return all == 0 ? 0 : done / all;
  }

  private String note() {
    long done = layers.values().stream().filter(layer -> layer.share >= 1).count();
    double bytes = layers.values().stream().mapToLong(Layer::bytes).sum();
    return String.format(
        Locale.ROOT, "%d of %d layers, %.0f MB", done, layers.size(), bytes / 1_000_000);
  }
}
