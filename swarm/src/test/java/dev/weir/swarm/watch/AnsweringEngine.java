package dev.weir.swarm.watch;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A manager that answers each path with a document, which a test may change.
final class AnsweringEngine implements AutoCloseable {
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final FakeEngine fake;
  private final Engine engine;

  AnsweringEngine(Path folder) throws IOException {
    fake =
        FakeEngine.at(
            folder.resolve("docker.sock"),
            (request, answer) -> {
              String page = pages.get(request.path());
              answer.json(
                  page == null ? 404 : 200, page == null ? "{\"message\":\"no such\"}" : page);
            });
    engine = Engine.connect(fake.address());
  }

  AnsweringEngine page(String path, String json) {
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
