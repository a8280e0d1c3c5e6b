package dev.weir.store.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Inserts documents into collections exactly once, even if an insert is repeated.
final class MongoInsert {
  private static final int DUPLICATE_KEY = 11_000;

  /// Server errors for a document that cannot be stored: bad value, invalid BSON, a failed
  /// validator, a name with a dollar or a dot, a document or a key that is too large.
  private static final Set<Integer> UNFIT = Set.of(2, 22, 52, 57, 121, 10_334, 17_280, 17_419);

  private final MongoConnection connection;
  private final Set<String> indexed = new HashSet<>();

  MongoInsert(MongoConnection connection) {
    this.connection = connection;
  }

  /// Inserts the documents of lines of `file`, one for one.
  ///
  /// @throws DatabaseException if other documents have their ids
  void insert(RunFile file, List<BsonDocument> documents, List<byte[]> lines) {
    index(file.collection());
    insert(file, new Batch(documents, lines));
  }

  /// Stores a line that is not a record.
  void insertDamaged(BsonDocument document) {
    index(MongoNames.DAMAGED);
    connection
        .collection(MongoNames.DAMAGED)
        .replaceOne(
            Filters.eq(MongoLine.ID, document.get(MongoLine.ID)),
            document,
            new ReplaceOptions().upsert(true));
  }

  private void index(String collection) {
    if (!indexed.contains(collection)) {
      connection
          .collection(collection)
          .createIndex(
              Indexes.ascending(MongoLine.RUN, MongoLine.SEQ), new IndexOptions().name("weir_run"));
      indexed.add(collection);
    }
  }

  private void insert(RunFile file, Batch batch) {
    try {
      connection
          .collection(file.collection())
          .insertMany(batch.documents, new InsertManyOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      if (e.getWriteConcernError() != null) {
        throw e;
      }
      mend(file, batch, e.getWriteErrors());
    } catch (MongoCommandException e) {
      if (!UNFIT.contains(e.getErrorCode())) {
        throw e;
      }
      divide(file, batch, e.getErrorMessage());
    }
  }

  private void mend(RunFile file, Batch batch, List<BulkWriteError> errors) {
    var there = new ArrayList<Integer>();
    for (BulkWriteError error : errors) {
      if (error.getCode() == DUPLICATE_KEY) {
        there.add(error.getIndex());
      } else {
        insertBare(file, batch.part(error.getIndex(), error.getIndex() + 1), error.getMessage());
      }
    }
    requireSame(file, batch, there);
  }

  /// Some servers refuse a whole batch because of one document: find it by halving.
  private void divide(RunFile file, Batch batch, String why) {
    int size = batch.documents.size();
    if (size == 1) {
      insertBare(file, batch, why);
      return;
    }
    insert(file, batch.part(0, size / 2));
    insert(file, batch.part(size / 2, size));
  }

  /// A document with only its line is accepted wherever text is.
  private void insertBare(RunFile file, Batch batch, String why) {
    BsonDocument bare = MongoLine.ofBytes(file, batch.seq(0), batch.lines.getFirst());
    try {
      connection.collection(file.collection()).insertOne(bare);
    } catch (MongoWriteException e) {
      if (e.getError().getCode() != DUPLICATE_KEY) {
        throw DatabaseException.refused(
            "%s: does not take line %d of %s: %s"
                .formatted(connection.target(), batch.seq(0) + 1, file.name(), why));
      }
      requireSame(file, batch, List.of(0));
    }
  }

  /// Existing documents with our ids must equal ours.
  private void requireSame(RunFile file, Batch batch, List<Integer> places) {
    if (places.isEmpty()) {
      return;
    }
    Map<BsonValue, BsonDocument> found = new HashMap<>();
    MongoCollection<BsonDocument> collection = connection.collection(file.collection());
    List<BsonValue> ids = places.stream().map(batch::id).toList();
    collection
        .find(Filters.in(MongoLine.ID, ids))
        .forEach(document -> found.put(document.get(MongoLine.ID), document));
    for (int place : places) {
      BsonDocument known = found.get(batch.id(place));
      byte[] line = batch.lines.get(place);
      boolean same =
          batch.documents.get(place).equals(known)
              || (known != null && MongoLine.bytes(line).equals(known.get(MongoLine.LINE)));
      if (!same) {
        throw DatabaseException.refused(
            "%s: collection %s holds something else as %s, which would be line %d of %s (expected: each run under a name of its own; rename this one, or delete that with 'weir runs rm')"
                .formatted(
                    connection.target(),
                    file.collection(),
                    batch.id(place).asString().getValue(),
                    batch.seq(place) + 1,
                    file.name()));
      }
    }
  }

  /// Documents and their lines, one for one.
  private record Batch(List<BsonDocument> documents, List<byte[]> lines) {
    Batch part(int from, int to) {
      return new Batch(documents.subList(from, to), lines.subList(from, to));
    }

    long seq(int place) {
      return documents.get(place).getInt64(MongoLine.SEQ).getValue();
    }

    BsonValue id(int place) {
      return documents.get(place).getString(MongoLine.ID);
    }
  }
}
