package dev.weir.store.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import dev.weir.base.Checks;
import dev.weir.base.Secrets;
import dev.weir.base.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A database of a MongoDB server, as the user names it. Its text never contains a password.
///
/// @param uri the whole connection string, password included
/// @param database the name of the database
public record MongoTarget(String uri, String database) {
  /// The port of MongoDB in this project's stacks.
  public static final int PORT = 3306;

  private static final Pattern CLIENT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:/@?,\\[\\]]+)(?::([0-9]{1,5}))?");
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[/\\\\. \"$*<>:|?\\x00]");
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final int NAME_BYTES_MAX = 63;
  private static final Set<String> ITS_OWN = Set.of("admin", "local", "config");

  /// Checks both.
  public MongoTarget {
    parsed(uri);
    MongoTls.check(uri);
    Checks.check(
        !database.isEmpty()
            && !NOT_IN_NAMES.matcher(database).find()
            && database.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES_MAX,
        "--database",
        "'" + database + "'",
        "1 to %d bytes without blanks and / \\ . \" $ * < > : | ?".formatted(NAME_BYTES_MAX));
    Checks.check(
        !ITS_OWN.contains(database), "--database", database, "none of MongoDB's own " + ITS_OWN);
  }

  /// A server named `HOST` or `HOST:PORT`, without a password.
  ///
  /// @throws IllegalArgumentException if it has another form
  public static MongoTarget ofClient(String client, String database) {
    Matcher parts = CLIENT.matcher(client);
    String expected = "HOST or HOST:PORT; for a mongodb:// address there is --mongo-uri";
    Checks.check(parts.matches(), "--mongo-client", shown(client), expected);
    String port = Objects.requireNonNullElse(parts.group(2), String.valueOf(PORT));
    int number = Integer.parseInt(port);
    Checks.check(number > 0 && number <= 65_535, "--mongo-client", client, expected);
    return new MongoTarget("mongodb://%s:%d/".formatted(parts.group(1), number), database);
  }

  /// One or several servers, by a connection string, which may also name the database.
  ///
  /// @throws IllegalArgumentException if it is not one, or if neither names the database
  public static MongoTarget ofUri(String uri, Optional<String> database) {
    Optional<String> named = database.or(() -> databaseOf(uri));
    return new MongoTarget(
        uri,
        named.orElseThrow(
            () -> new UserError("--database: missing (expected: the name of a database)")));
  }

  /// The database in a connection string.
  ///
  /// @throws IllegalArgumentException if it is not one
  public static Optional<String> databaseOf(String uri) {
    return Optional.ofNullable(parsed(uri).getDatabase()).filter(name -> !name.isEmpty());
  }

  /// The servers, for messages, as the user wrote them: the driver would resolve some names again.
  public String servers() {
    String hosts = uri.replaceFirst("^[a-z+]+://", "").replaceFirst("[/?].*", "");
    return hosts.substring(hosts.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return "MongoDB at %s, database %s".formatted(servers(), database);
  }

  ConnectionString connection() {
    return parsed(uri);
  }

  private static ConnectionString parsed(String uri) {
    try {
      return new ConnectionString(uri);
    } catch (IllegalArgumentException | MongoException e) {
      // The driver may quote a part of a password with an unusual character.
      String why = QUOTED.matcher(String.valueOf(e.getMessage())).replaceAll("'***'");
      throw new IllegalArgumentException(
          "--mongo-uri: %s (expected: mongodb://[USER:PASSWORD@]HOST[:PORT][,...]/[DATABASE][?OPTIONS]; %s)"
              .formatted(shown(uri), why.lines().findFirst().orElse("")),
          e);
    }
  }

  /// A text with everything hidden that could be a password.
  private static String shown(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? Secrets.address(text)
        : Secrets.HIDDEN + "@" + Secrets.address(text.substring(at + 1));
  }
}
