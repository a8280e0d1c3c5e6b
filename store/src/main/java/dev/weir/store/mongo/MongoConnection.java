package dev.weir.store.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonDocument;

/// A client of one database. It waits some seconds for a server that is away, and reports errors in
/// one line.
final class MongoConnection implements AutoCloseable {
  private static final int SELECTION_SECONDS_MAX = 4;
  private static final int CONNECT_SECONDS_MAX = 3;

  /// The driver's heartbeats notice a dead server; this is for one that is busy counting.
  private static final int READ_SECONDS_MAX = 300;

  private static final int UNAUTHORIZED = 13;
  private static final Pattern CAUSE = Pattern.compile("caused by \\{[\\w.$]+: ([^{}]*)}");

  private final MongoTarget target;
  private final MongoClient client;
  private final MongoDatabase database;

  MongoConnection(MongoTarget target) {
    this.target = target;
    this.client = MongoClients.create(settings(target));
    this.database = client.getDatabase(target.database()).withWriteConcern(WriteConcern.W1);
  }

  MongoTarget target() {
    return target;
  }

  MongoDatabase database() {
    return database;
  }

  MongoCollection<BsonDocument> collection(String name) {
    return database.getCollection(name, BsonDocument.class);
  }

  /// A collection whose acknowledged writes, and all before them, survive a crash.
  MongoCollection<BsonDocument> durable(String name) {
    return collection(name).withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
  }

  /// Runs a request to the database.
  ///
  /// @throws DatabaseException if it is away or refuses
  <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (MongoException e) {
      throw explained(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  DatabaseException explained(MongoException e) {
    String line = "%s: %s".formatted(target, String.valueOf(why(e)).replaceAll("\\s+", " "));
    return new DatabaseException(true, line, e);
  }

  private String why(MongoException e) {
    return switch (e) {
      case MongoSecurityException _ ->
          "refuses the user %s (expected: a user and password that it knows, and in --mongo-uri ?authSource=admin if the user is of another database)"
              .formatted(target.connection().getUsername());
      case MongoTimeoutException timeout ->
          "does not respond%s (expected: MongoDB there; another one is named with --mongo-client HOST:PORT or --mongo-uri)"
              .formatted(because(String.valueOf(timeout.getMessage())) + asMember());
      case MongoCommandException refused when refused.getErrorCode() == UNAUTHORIZED ->
          "does not allow it: %s (expected: a user with the role readWrite there)"
              .formatted(refused.getErrorMessage());
      case MongoCommandException refused ->
          "%s (error %d)".formatted(refused.getErrorMessage(), refused.getErrorCode());
      default -> String.valueOf(e.getMessage());
    };
  }

  /// A server of another replica set counts as not responding.
  private String asMember() {
    String set = target.connection().getRequiredReplicaSetName();
    return set == null ? "" : " as a member of the replica set " + set;
  }

  private static String because(String message) {
    Matcher causes = CAUSE.matcher(message);
    String last = "";
    while (causes.find()) {
      last = ": " + causes.group(1);
    }
    return message.contains("MongoSecurityException")
        ? ": it refuses the user or the password"
        : last;
  }

  /// The driver must not repeat writes: a change of the primary must be noticed, because it may
  /// have lost the last writes.
  private static MongoClientSettings settings(MongoTarget target) {
    ConnectionString string = target.connection();
    return MongoClientSettings.builder()
        .applyConnectionString(string)
        .applyToClusterSettings(cluster -> {
          if (string.getServerSelectionTimeout() == null) {
            cluster.serverSelectionTimeout(SELECTION_SECONDS_MAX, TimeUnit.SECONDS);
          }
        })
        .applyToSocketSettings(socket -> {
          if (string.getConnectTimeout() == null) {
            socket.connectTimeout(CONNECT_SECONDS_MAX, TimeUnit.SECONDS);
          }
          if (string.getSocketTimeout() == null) {
            socket.readTimeout(READ_SECONDS_MAX, TimeUnit.SECONDS);
          }
        })
        .applyToSslSettings(ssl -> MongoTls.context(target.uri()).ifPresent(ssl::context))
        .applicationName("weir")
        .retryWrites(false)
        .build();
  }
}
