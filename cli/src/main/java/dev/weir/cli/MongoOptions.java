package dev.weir.cli;

import dev.weir.base.UserError;
import dev.weir.store.MongoRuns;
import dev.weir.store.MongoTarget;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name a MongoDB database. With any of them, a command reads its runs there.
@Section("Mongo")
final class MongoOptions {
  private static final String ADDRESS = "WEIR_MONGO_URI";

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "The MongoDB database. Default: the one that the address names.")
  private @Nullable String database;

  @Option(
      names = "--mongo-client",
      paramLabel = "HOST[:PORT]",
      description =
          "Where MongoDB listens, without a password. Default: $WEIR_MONGO_URI, or else localhost;"
              + " and port 3306, as in the stacks. MongoDB by itself is on 27017.")
  private @Nullable String client;

  @Option(
      names = "--mongo-uri",
      paramLabel = "URI",
      description =
          "The same as a connection string, for passwords, TLS and replica sets:"
              + " mongodb://USER:PASSWORD@HOST:PORT/NAME?authSource=admin&tls=true. Others on the"
              + " machine can read it; $WEIR_MONGO_URI they cannot.")
  private @Nullable String uri;

  /// The database, if any of the options was given.
  Optional<MongoTarget> target() {
    return database == null && client == null && uri == null
        ? Optional.empty()
        : Optional.of(required());
  }

  /// The database, which has to be named.
  MongoTarget required() {
    silenceDriver();
    if (client != null && uri != null) {
      throw new UserError("--mongo-client, --mongo-uri: both given (expected: one of them)");
    }
    Optional<String> named = Optional.ofNullable(database);
    String address = uri != null ? uri : System.getenv(ADDRESS);
    if (client == null && address != null && !address.isBlank()) {
      return MongoTarget.ofUri(address, named);
    }
    if (database == null) {
      throw new UserError("--database: missing (expected: the name of a MongoDB database)");
    }
    return MongoTarget.ofClient(client == null ? "localhost" : client, database);
  }

  /// The driver's own log tells of every lost connection with a stack trace; we do in one line.
  private static void silenceDriver() {
    String level = "org.slf4j.simpleLogger.log.org.mongodb.driver";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "off");
    }
  }

  /// The runs of the database, if any of the options was given.
  Optional<MongoRuns> runs() {
    return target().map(MongoRuns::of);
  }
}
