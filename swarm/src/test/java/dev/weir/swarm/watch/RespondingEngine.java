package dev.weir.swarm.watch;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A manager that responds to each path with a document, which a test may change.
final class RespondingEngine implements AutoCloseable {
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final FakeEngine fake;
  private final Engine engine;

  RespondingEngine(Path folder) throws IOException {
    fake =
        FakeEngine.at(
            folder.resolve("docker.sock"),
            (request, response) -> {
              String page = pages.get(request.path());
              response.json(
                  page == null ? 404 : 200, page == null ? "{\"message\":\"no such\"}" : page);
            });
    engine = Engine.connect(fake.address());
  }

  RespondingEngine page(String path, String json) {
    pages.put(path, json.replace('\'', '"'));
    return this;
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void close() throws IOException {
    engine.close();
    fake.close();
  }
}
