package dev.weir.cli.runs;

import dev.weir.base.UserError;
import dev.weir.cli.option.HelpSection;
import dev.weir.store.mongo.MongoTarget;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of the address of MongoDB.
@HelpSection("Mongo")
public final class MongoAddress {
  private static final String ADDRESS = "WEIR_MONGO_URI";

  @Option(
      names = "--mongo-client",
      paramLabel = "HOST[:PORT]",
      description =
          "Address of a MongoDB without a password. Default: $WEIR_MONGO_URI, or else localhost,"
              + " port 3306 as in the stacks (MongoDB's own default is 27017).")
  private @Nullable String client;

  @Option(
      names = "--mongo-uri",
      paramLabel = "URI",
      description =
          "The same as a connection string, for passwords, TLS and replica sets:"
              + " mongodb://USER:PASSWORD@HOST:PORT/NAME?authSource=admin&tls=true. Other users of"
              + " the machine can read it; they cannot read $WEIR_MONGO_URI.")
  private @Nullable String uri;

  /// Whether one of them was given.
  public boolean isGiven() {
    return client != null || uri != null;
  }

  /// The database that the connection string names, if it was given one.
  public Optional<String> named() {
    silenceDriver();
    return uri == null ? Optional.empty() : MongoTarget.databaseOf(uri);
  }

  /// Whether the environment holds the address.
  public boolean isInEnvironment() {
    String address = System.getenv(ADDRESS);
    return address != null && !address.isBlank();
  }

  /// A database there; without a name, the one that the address names.
  public MongoTarget target(Optional<String> database) {
    silenceDriver();
    if (client != null && uri != null) {
      throw new UserError("--mongo-client, --mongo-uri: both given (expected: one of them)");
    }
    String address = uri != null ? uri : System.getenv(ADDRESS);
    if (client == null && address != null && !address.isBlank()) {
      return MongoTarget.ofUri(address, database);
    }
    return MongoTarget.ofClient(
        client == null ? "localhost" : client,
        database.orElseThrow(
            () -> new UserError("--database: missing (expected: the name of a MongoDB database)")));
  }

  /// The driver logs a stack trace for every lost connection; we print one line.
  private static void silenceDriver() {
    String level = "org.slf4j.simpleLogger.log.org.mongodb.driver";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "off");
    }
  }
}
