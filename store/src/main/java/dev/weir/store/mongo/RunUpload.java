package dev.weir.store.mongo;

import com.mongodb.client.model.Filters;
import dev.weir.base.UserError;
import dev.weir.store.folder.ContainerFile;
import dev.weir.store.folder.Disk;
import dev.weir.store.folder.RunDocument;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunJson;
import dev.weir.store.folder.SampleLine;
import dev.weir.store.mongo.RunFile.Mark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The upload of a run folder, finished or still growing. Not thread-safe.
/*
 * Nothing is lost: after every turn the database records how much of each file it has, with a write
 * that is acknowledged only when it and all before it survive a crash. After any error the upload
 * restarts from that checkpoint, so an acknowledged insert that a crash lost is sent again. At the
 * end the database counts, and missing records are sent once more.
 *
 * Nothing is stored twice: a document's _id consists of the run and the line's number.
 */
final class RunUpload {
  private static final int BATCH_LINES_MAX = 1_000;
  private static final int BATCHES_PER_MARK = 10;
  private static final int DAMAGED_REPORTED_MAX = 10;

  private final Path folder;
  private final MongoConnection connection;
  private final UploadListener listener;
  private final MongoInsert inserts;
  private final LineTail tail = new LineTail();
  private final Map<String, RunFile> files = new TreeMap<>();
  private final String run;
  private final UploadCheckpoint log;
  private boolean claimed;
  private int damagedReported;

  /// The upload of the run in `folder`.
  ///
  /// @throws UserError if it is not a run, or its run.json has no id
  RunUpload(Path folder, MongoConnection connection, UploadListener listener) {
    this.folder = folder;
    this.connection = connection;
    this.listener = listener;
    this.inserts = new MongoInsert(connection);
    RunDocument document = document();
    this.run = document.id();
    this.log = new UploadCheckpoint(connection, document);
  }

  String run() {
    return run;
  }

  boolean isFinished() {
    return document().finished();
  }

  /// Looks for new records, without asking the database.
  void survey() {
    if (files.isEmpty()) {
      add(RunFile.requests(run, folder));
      add(RunFile.events(run, folder));
    }
    try {
      addSamples();
      for (RunFile file : files.values()) {
        if (Files.isRegularFile(file.path())) {
          file.seen(tail.end(file.path(), file.seen()));
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /// How many known records are not uploaded yet.
  long behind() {
    return sum(files.values().stream().map(RunFile::behind));
  }

  long shipped() {
    return sum(files.values().stream().map(RunFile::shipped));
  }

  long known() {
    return sum(files.values().stream().map(RunFile::known));
  }

  long damaged() {
    return sum(files.values().stream().map(RunFile::damaged));
  }

  /// After an error acknowledged writes may be lost: the next turn asks for the checkpoint.
  void doubt() {
    claimed = false;
  }

  /// Uploads the known records.
  ///
  /// @param stop asked between batches whether to stop early
  /// @throws DatabaseException if another run has the name, or the database does not take a record
  void turn(BooleanSupplier stop) {
    if (!claimed) {
      log.claim(description());
      // The database may have restarted without its last writes.
      for (RunFile file : files.values()) {
        file.stored(Mark.START);
        file.reported(Mark.NOWHERE);
        file.damaged(0);
      }
      log.marks((name, of) -> {
        RunFile file = files.get(name);
        if (file != null) {
          resume(file, of);
        }
      });
      claimed = true;
    }
    log.describe(description(), false);
    for (RunFile file : List.copyOf(files.values())) {
      ship(file, stop);
    }
    log.report(files.values());
  }

  /// Compares the number of records in the database, sends missing ones again, and marks a finished
  /// run as whole.
  void finish() {
    for (RunFile file : List.copyOf(files.values())) {
      if (held(file) != file.shipped()) {
        file.stored(Mark.START);
        file.damaged(0);
        ship(file, () -> false);
        long held = held(file);
        if (held != file.shipped()) {
          throw DatabaseException.refused(
              "%s: holds %d of the %d records of %s (expected: all that was sent; does something delete them?)"
                  .formatted(connection.target(), held, file.shipped(), file.name()));
        }
      }
    }
    log.report(files.values());
    log.describe(description(), isFinished() && behind() == 0);
  }

  private long held(RunFile file) {
    long documents = connection.collection(file.collection()).countDocuments(filter(file));
    long damaged =
        connection
            .collection(MongoNames.DAMAGED)
            .countDocuments(
                Filters.and(
                    Filters.eq(MongoLine.RUN, run), Filters.eq(MongoLine.FILE, file.name())));
    return documents + damaged;
  }

  private static Bson filter(RunFile file) {
    return Filters.and(
        Filters.eq(MongoLine.RUN, file.run()),
        Filters.eq(MongoLine.FILE, file.isTheCollections() ? null : file.name()));
  }

  private void resume(RunFile file, BsonDocument of) {
    var mark = new Mark(of.getInt64("lines").getValue(), of.getInt64("bytes").getValue());
    try {
      if (mark.bytes() <= file.seen().bytes() && LineTail.isLineEnd(file.path(), mark)) {
        file.stored(mark);
        file.reported(mark);
        file.damaged(of.getInt64("damaged").getValue());
      }
    } catch (IOException e) {
      throw unreadable(file.path(), e);
    }
  }

  private void ship(RunFile file, BooleanSupplier stop) {
    try {
      for (int batches = 1; file.stored().bytes() < file.seen().bytes(); batches++) {
        if (stop.getAsBoolean()) {
          return;
        }
        readHeader(file);
        List<byte[]> lines = tail.read(file.path(), file.stored(), BATCH_LINES_MAX);
        if (lines.isEmpty()) {
          return;
        }
        ship(file, lines);
        if (batches % BATCHES_PER_MARK == 0) {
          log.report(List.of(file));
        }
        listener.progress(shipped(), known());
      }
    } catch (IOException e) {
      throw unreadable(file.path(), e);
    }
  }

  private void ship(RunFile file, List<byte[]> lines) {
    var documents = new ArrayList<BsonDocument>(lines.size());
    var records = new ArrayList<byte[]>(lines.size());
    long seq = file.stored().lines();
    long bytes = file.stored().bytes();
    for (byte[] line : lines) {
      boolean header = file.kind() == RunFile.Kind.REQUESTS && seq == 0;
      if (!header) {
        convert(file, seq, line, documents, records);
      }
      seq++;
      bytes += line.length + 1;
    }
    if (!documents.isEmpty()) {
      inserts.insert(file, documents, records);
    }
    file.stored(new Mark(seq, bytes));
  }

  private void convert(
      RunFile file, long seq, byte[] line, List<BsonDocument> documents, List<byte[]> records) {
    try {
      documents.add(
          file.kind() == RunFile.Kind.REQUESTS
              ? MongoLine.ofCsv(file, seq, line)
              : MongoLine.ofJson(file, seq, line));
      records.add(line);
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      inserts.insertDamaged(MongoLine.damaged(file, seq, line, why));
      file.damaged(file.damaged() + 1);
      reportDamaged(file, seq, why);
    }
  }

  private void reportDamaged(RunFile file, long seq, String why) {
    if (damagedReported < DAMAGED_REPORTED_MAX) {
      damagedReported++;
      listener.damaged(file.name(), seq + 1, why);
    }
  }

  private void readHeader(RunFile file) throws IOException {
    if (file.kind() != RunFile.Kind.REQUESTS || file.header() != null) {
      return;
    }
    for (byte[] line : tail.read(file.path(), Mark.START, 1)) {
      file.header(MongoLine.bytes(line));
      try {
        file.csv().header(new String(line, StandardCharsets.UTF_8).stripTrailing());
      } catch (IllegalArgumentException e) {
        reportDamaged(file, 0, String.valueOf(e.getMessage()));
      }
    }
  }

  private byte[] description() {
    try {
      return Files.readAllBytes(folder.resolve(RunDocument.FILE));
    } catch (NoSuchFileException e) {
      throw new UserError(
          "run folder %s: has no %s (expected: a run; 'weir runs ls' lists them)"
              .formatted(folder, RunDocument.FILE),
          e);
    } catch (IOException e) {
      throw unreadable(folder.resolve(RunDocument.FILE), e);
    }
  }

  private RunDocument document() {
    try {
      RunDocument document = RunJson.MAPPER.readValue(description(), RunDocument.class);
      if (!document.id().isEmpty()) {
        return document;
      }
    } catch (JacksonException e) {
      throw undescribed(e);
    }
    throw undescribed(null);
  }

  private UserError undescribed(@Nullable Exception e) {
    String message =
        "run folder %s: its %s does not say which run it is (expected: what Weir wrote; a run must not be mixed with another)"
            .formatted(folder, RunDocument.FILE);
    return e == null ? new UserError(message) : new UserError(message, e);
  }

  private void addSamples() throws IOException {
    Path directory = folder.resolve(RunFolder.SAMPLES);
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> found = Files.list(directory)) {
      for (Path path : found.sorted().toList()) {
        String fileName = String.valueOf(path.getFileName());
        if (fileName.endsWith(ContainerFile.SUFFIX)
            && !files.containsKey(RunFolder.SAMPLES + "/" + fileName)) {
          containerOf(path, fileName)
              .ifPresent(container -> add(RunFile.samples(run, folder, fileName, container)));
        }
      }
    }
  }

  /// The container of a file; empty while its name was cut and the first line cannot be read yet.
  private Optional<String> containerOf(Path path, String fileName) throws IOException {
    Optional<String> known = ContainerFile.containerOf(fileName);
    if (known.isPresent()) {
      return known;
    }
    for (byte[] line : tail.read(path, Mark.START, 1)) {
      String text = new String(line, StandardCharsets.UTF_8);
      try {
        return Optional.of(SampleLine.parse(text, fileName).container());
      } catch (IllegalArgumentException e) {
        return Optional.of(fileName);
      }
    }
    return Optional.empty();
  }

  private void add(RunFile file) {
    files.put(file.name(), file);
  }

  private static long sum(Stream<Long> figures) {
    return figures.mapToLong(Long::longValue).sum();
  }

  private static UserError unreadable(Path path, IOException e) {
    return new UserError("%s: cannot be read: %s".formatted(path, Disk.reason(e)), e);
  }
}
