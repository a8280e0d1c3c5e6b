package dev.weir.store.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import dev.weir.store.folder.RunDocument;
import dev.weir.store.folder.RunJson;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/// Upload metadata of a run: its description, and how much of each file is uploaded. Every write is
/// acknowledged only when it and all before it survive a crash.
final class UploadCheckpoint {
  private final MongoConnection connection;
  private final RunDocument identity;
  private byte @Nullable [] shippedDescription;

  UploadCheckpoint(MongoConnection connection, RunDocument identity) {
    this.connection = connection;
    this.identity = identity;
  }

  /// Claims the name for this run.
  ///
  /// @throws DatabaseException if another run has it
  void claim(byte[] description) {
    shippedDescription = null;
    BsonDocument known = known();
    if (known == null) {
      describe(description, false);
      known = known();
    }
    String other = known == null ? "" : known.getString("startedAt").getValue();
    if (known == null || !other.equals(startedAt())) {
      throw DatabaseException.refused(
          "run %s: %s holds another run of this name, started at %s, not %s (expected: another name; change the id in run.json, or delete that run with 'weir runs rm')"
              .formatted(identity.id(), connection.target(), other, startedAt()));
    }
    // A whole run stays whole if nothing has changed.
    shippedDescription = json(known);
  }

  /// The run.json in a run's document.
  static byte[] json(BsonDocument run) {
    return MongoLine.bytes(run.get("json", new BsonString("")));
  }

  /// Reads the checkpoint of each file, as [#report] left it.
  void marks(BiConsumer<String, BsonDocument> reader) {
    connection
        .collection(MongoNames.FILES)
        .find(Filters.eq(MongoLine.RUN, identity.id()))
        .forEach(of -> reader.accept(of.getString(MongoLine.FILE).getValue(), of));
  }

  /// Writes the checkpoints of files.
  void report(Collection<RunFile> candidates) {
    List<RunFile> unreported =
        candidates.stream()
            .filter(file -> file.isUnreported() && Files.isRegularFile(file.path()))
            .toList();
    if (unreported.isEmpty()) {
      return;
    }
    var options = new ReplaceOptions().upsert(true);
    connection
        .durable(MongoNames.FILES)
        .bulkWrite(
            unreported.stream()
                .map(file -> {
                  BsonDocument state = state(file);
                  return new ReplaceOneModel<>(
                      Filters.eq(MongoLine.ID, state.get(MongoLine.ID)), state, options);
                })
                .toList());
    unreported.forEach(file -> file.reported(file.stored()));
  }

  private BsonDocument state(RunFile file) {
    var state =
        new BsonDocument(MongoLine.ID, new BsonString(identity.id() + "/" + file.name()))
            .append(MongoLine.RUN, new BsonString(identity.id()))
            .append(MongoLine.FILE, new BsonString(file.name()))
            .append("kind", new BsonString(file.kind().name().toLowerCase(Locale.ROOT)))
            .append("collection", new BsonString(file.collection()))
            .append("shared", BsonBoolean.valueOf(!file.isTheCollections()))
            .append("lines", new BsonInt64(file.stored().lines()))
            .append("bytes", new BsonInt64(file.stored().bytes()))
            .append("records", new BsonInt64(file.shipped()))
            .append("damaged", new BsonInt64(file.damaged()));
    if (file.header() != null) {
      state.append("header", file.header());
    }
    return state;
  }

  /// Writes the run's description if it has changed.
  ///
  /// @param whole whether nothing is missing and the run is finished
  void describe(byte[] json, boolean whole) {
    if (!whole && Arrays.equals(json, shippedDescription)) {
      return;
    }
    RunDocument document = RunJson.MAPPER.readValue(json, RunDocument.class);
    BsonDocument state =
        new BsonDocument(MongoLine.ID, new BsonString(identity.id()))
            .append("startedAt", new BsonString(startedAt()))
            .append("title", new BsonString(document.title()))
            .append("state", new BsonString(document.state()))
            .append("command", new BsonString(document.command()))
            .append("whole", BsonBoolean.valueOf(whole))
            .append("json", MongoLine.bytes(json));
    connection
        .durable(MongoNames.RUNS)
        .replaceOne(
            Filters.and(
                Filters.eq(MongoLine.ID, identity.id()), Filters.eq("startedAt", startedAt())),
            state,
            new ReplaceOptions().upsert(true));
    shippedDescription = json;
  }

  private String startedAt() {
    return identity.startedAt().toString();
  }

  private @Nullable BsonDocument known() {
    return connection
        .collection(MongoNames.RUNS)
        .find(Filters.eq(MongoLine.ID, identity.id()))
        .first();
  }
}
