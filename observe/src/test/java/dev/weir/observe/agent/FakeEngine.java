package dev.weir.observe.agent;

import dev.weir.observe.container.ContainerDirectory;
import dev.weir.observe.container.NamedContainer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// An engine that says what a test says, and counts how often it is asked.
final class FakeEngine implements ContainerDirectory {
  final List<NamedContainer> containers = new CopyOnWriteArrayList<>();
  volatile int asked;
  volatile @Nullable String stats;
  volatile boolean down;

  static String id(int number) {
    return "%064x".formatted(number);
  }

  FakeEngine run(int number, String name) {
    containers.add(new NamedContainer(id(number), name, "web", "task" + number));
    return this;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one sampler asks, tests only read
  public List<NamedContainer> containers() throws IOException {
    asked++;
    if (down) {
      throw new IOException("cannot connect");
    }
    return List.copyOf(containers);
  }

  @Override
  public String stats(String id) throws IOException {
    String response = stats;
    if (response == null) {
      throw new IOException("no such container: " + id);
    }
    return response;
  }
}
