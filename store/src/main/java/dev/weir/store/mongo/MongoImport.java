package dev.weir.store.mongo;

import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.weir.base.UserError;
import dev.weir.store.folder.Disk;
import dev.weir.store.folder.PrivateFiles;
import dev.weir.store.folder.RunDocument;
import dev.weir.store.folder.RunFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Writes a run from a database into a folder, every line as it was.
final class MongoImport {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int BATCH_DOCUMENTS = 1_000;
  private static final int RECORDS_PER_PROGRESS = 10_000;

  /// The file names accepted from a database; others could lie outside the folder.
  private static final Pattern SAMPLES_FILE = Pattern.compile("samples/[^/\\\\\\x00]+\\.ndjson");

  private final MongoConnection connection;
  private final BsonDocument description;
  private final List<BsonDocument> files;
  private final String run;
  private final long known;
  private long written;

  private MongoImport(
      MongoConnection connection, BsonDocument description, List<BsonDocument> files) {
    this.connection = connection;
    this.description = description;
    this.files = files;
    this.run = description.getString(MongoLine.ID).getValue();
    this.known = files.stream().mapToLong(file -> number(file, "records")).sum();
  }

  static MongoImport of(MongoConnection connection, BsonDocument description) {
    var files = new ArrayList<BsonDocument>();
    connection
        .collection(MongoNames.FILES)
        .find(Filters.eq(MongoLine.RUN, description.get(MongoLine.ID)))
        .into(files);
    return new MongoImport(connection, description, files);
  }

  /// Writes the run into a new or empty folder; either all of it appears or nothing.
  long to(Path folder, UploadListener listener) {
    Path place = folder.toAbsolutePath().normalize();
    try {
      if (Files.exists(place) && !isEmpty(place)) {
        throw new FileAlreadyExistsException(place.toString());
      }
      // A new name: anything else in the parent folder is not ours to delete.
      Path parent = Objects.requireNonNull(place.getParent(), "a root is never empty");
      PrivateFiles.createFolders(parent);
      Path parts = PrivateFiles.createUnique(parent, place.getFileName() + ".part-");
      try {
        PrivateFiles.createFolder(parts.resolve(RunFolder.SAMPLES));
        write(parts, listener);
        Files.move(
            parts, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Disk.deleteAll(parts);
      }
      return written;
    } catch (FileAlreadyExistsException e) {
      throw new UserError(
          "run folder %s: is there already (expected: a new or empty folder; choose another, or delete it with 'weir runs rm')"
              .formatted(folder),
          e);
    } catch (IOException e) {
      throw new UserError(
          "run folder %s: cannot be written: %s".formatted(folder, Disk.reason(e)), e);
    }
  }

  private void write(Path folder, UploadListener listener) throws IOException {
    for (BsonDocument file : files) {
      String name = file.getString(MongoLine.FILE).getValue();
      boolean known =
          name.equals(RunFolder.REQUESTS)
              || name.equals(RunFolder.EVENTS)
              || SAMPLES_FILE.matcher(name).matches();
      if (!known) {
        throw DatabaseException.refused(
            "%s: names a file '%s' of run %s (expected: one that Weir writes)"
                .formatted(connection.target(), name, run));
      }
      try (OutputStream out =
          new BufferedOutputStream(PrivateFiles.newFile(folder.resolve(name)), BUFFER_BYTES)) {
        write(file, name, out, listener);
      }
    }
    Disk.replace(folder.resolve(RunDocument.FILE), UploadCheckpoint.json(description));
    listener.progress(written, Math.max(known, written));
  }

  private void write(BsonDocument file, String name, OutputStream out, UploadListener listener)
      throws IOException {
    boolean requests = name.equals(RunFolder.REQUESTS);
    long lines = number(file, "lines");
    long seq = 0;
    BsonValue header = file.get("header");
    if (requests && header != null && lines > 0) {
      out.write(MongoLine.bytes(header));
      out.write('\n');
      seq = 1;
    }
    try (var records = new Lines(recordsOf(file, name), requests);
        var damaged = new Lines(damagedOf(name), false)) {
      for (Optional<byte[]> line = line(seq, records, damaged);
          line.isPresent();
          line = line(seq, records, damaged)) {
        out.write(line.get());
        out.write('\n');
        seq++;
        written++;
        if (written % RECORDS_PER_PROGRESS == 0) {
          listener.progress(written, Math.max(known, written));
        }
      }
    }
    // There may be more documents than in the checkpoint, but not fewer.
    if (seq < lines) {
      throw DatabaseException.refused(
          "%s: lacks line %d of %s of run %s, and had %d (expected: all; 'weir runs export' from the folder mends it)"
              .formatted(connection.target(), seq + 1, name, run, lines));
    }
  }

  private static Optional<byte[]> line(long seq, Lines records, Lines damaged) {
    return records.take(seq).or(() -> damaged.take(seq));
  }

  private MongoCursor<BsonDocument> recordsOf(BsonDocument file, String name) {
    boolean shared = file.getBoolean("shared").getValue();
    return connection
        .collection(file.getString("collection").getValue())
        .find(
            Filters.and(
                Filters.eq(MongoLine.RUN, run), Filters.eq(MongoLine.FILE, shared ? name : null)))
        .sort(Sorts.ascending(MongoLine.SEQ))
        .batchSize(BATCH_DOCUMENTS)
        .cursor();
  }

  private MongoCursor<BsonDocument> damagedOf(String name) {
    return connection
        .collection(MongoNames.DAMAGED)
        .find(Filters.and(Filters.eq(MongoLine.RUN, run), Filters.eq(MongoLine.FILE, name)))
        .sort(Sorts.ascending(MongoLine.SEQ))
        .cursor();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.findFirst().isEmpty();
    }
  }

  private static long number(BsonDocument of, String name) {
    return of.getNumber(name).longValue();
  }

  /// Lines in the order of their numbers, with one line of lookahead.
  private static final class Lines implements AutoCloseable {
    private final MongoCursor<BsonDocument> cursor;
    private final boolean requests;
    private @Nullable BsonDocument next;

    Lines(MongoCursor<BsonDocument> cursor, boolean requests) {
      this.cursor = cursor;
      this.requests = requests;
      advance();
    }

    /// The line with that number, if it is the next one.
    Optional<byte[]> take(long seq) {
      BsonDocument candidate = next;
      if (candidate == null || number(candidate, MongoLine.SEQ) != seq) {
        return Optional.empty();
      }
      advance();
      return Optional.of(MongoLine.line(candidate, requests));
    }

    private void advance() {
      next = cursor.hasNext() ? cursor.next() : null;
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
