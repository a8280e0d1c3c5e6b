package dev.weir.store.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

/// A MongoDB in memory, for what it does right: plain inserts, queries and counts. Stopped, it
/// comes back on the same port and has forgotten everything: the hardest of all outages.
final class MemoryMongo implements AutoCloseable {
  private MongoServer server = new MongoServer(new MemoryBackend());
  private final InetSocketAddress address = server.bind();

  MongoTarget target(String database) {
    return MongoTarget.ofClient("127.0.0.1:" + address.getPort(), database);
  }

  MongoConnection connect(String database) {
    return new MongoConnection(target(database));
  }

  void stop() {
    server.shutdownNow();
  }

  void start() {
    server = new MongoServer(new MemoryBackend());
    server.bind(address);
  }

  @Override
  public void close() {
    stop();
  }
}
