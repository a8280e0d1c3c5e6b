package dev.weir.store.mongo;

import dev.weir.store.folder.ContainerFile;
import dev.weir.store.folder.RequestCsv;
import dev.weir.store.folder.RunFolder;
import java.nio.file.Path;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One file of a run during its upload: its name in the folder and in the database, its known
/// length, and how much of it is uploaded.
final class RunFile {
  /// The kind of a file's lines.
  enum Kind {
    /// Rows of requests.csv; the first names the columns.
    REQUESTS,
    /// Lines of events.ndjson.
    EVENTS,
    /// Lines of a container's file.
    SAMPLES
  }

  private final String run;
  private final Kind kind;
  private final String name;
  private final Path path;
  private final String collection;
  private final boolean theCollections;
  private final RequestCsv csv = new RequestCsv();
  private @Nullable BsonValue header;

  /// Lines and bytes that are stored durably.
  private Mark stored = Mark.START;

  /// Its last checkpoint in the database.
  private Mark reported = Mark.NOWHERE;

  /// Lines and bytes known to exist.
  private Mark seen = Mark.START;

  private long damaged;

  private RunFile(
      String run, Kind kind, String name, Path folder, String collection, boolean theCollections) {
    this.run = run;
    this.kind = kind;
    this.name = name;
    this.path = folder.resolve(name);
    this.collection = collection;
    this.theCollections = theCollections;
  }

  static RunFile requests(String run, Path folder) {
    return new RunFile(run, Kind.REQUESTS, RunFolder.REQUESTS, folder, MongoNames.REQUESTS, true);
  }

  static RunFile events(String run, Path folder) {
    return new RunFile(run, Kind.EVENTS, RunFolder.EVENTS, folder, MongoNames.EVENTS, true);
  }

  /// A container's file. If its name is not the one that Weir would give, it shares the collection
  /// of the correct name.
  static RunFile samples(String run, Path folder, String fileName, String container) {
    return new RunFile(
        run,
        Kind.SAMPLES,
        RunFolder.SAMPLES + "/" + fileName,
        folder,
        MongoNames.collectionFor(container),
        ContainerFile.nameFor(container).equals(fileName));
  }

  String run() {
    return run;
  }

  Kind kind() {
    return kind;
  }

  /// Its path within the run's folder, with `/`.
  String name() {
    return name;
  }

  Path path() {
    return path;
  }

  String collection() {
    return collection;
  }

  /// Whether the documents of its collection need no file name.
  boolean isTheCollections() {
    return theCollections;
  }

  String idOf(long seq) {
    return theCollections ? run + "/" + seq : run + "/" + name + "/" + seq;
  }

  RequestCsv csv() {
    return csv;
  }

  /// The first line of requests.csv, once read.
  @Nullable BsonValue header() {
    return header;
  }

  void header(BsonValue line) {
    header = line;
  }

  Mark stored() {
    return stored;
  }

  void stored(Mark mark) {
    stored = mark;
  }

  Mark seen() {
    return seen;
  }

  void seen(Mark mark) {
    seen = mark;
  }

  /// Whether its checkpoint in the database is out of date.
  boolean isUnreported() {
    return !reported.equals(stored);
  }

  void reported(Mark mark) {
    reported = mark;
  }

  long damaged() {
    return damaged;
  }

  void damaged(long lines) {
    damaged = lines;
  }

  /// How many of its records are not uploaded yet.
  long behind() {
    return Math.max(0, records(seen) - shipped());
  }

  /// How many of its records are uploaded.
  long shipped() {
    return records(stored);
  }

  /// How many records it is known to have.
  long known() {
    return records(seen);
  }

  /// The first line of requests.csv is not a record.
  private long records(Mark mark) {
    return kind == Kind.REQUESTS ? Math.max(0, mark.lines - 1) : mark.lines;
  }

  /// A position in a file, just after a newline.
  record Mark(long lines, long bytes) {
    static final Mark START = new Mark(0, 0);
    static final Mark NOWHERE = new Mark(-1, -1);
  }
}
