package dev.weir.store.mongo;

import dev.weir.store.folder.ContainerFile;
import dev.weir.store.folder.RequestCsv;
import dev.weir.store.folder.RunFolder;
import java.nio.file.Path;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One file of a run on its way into a database: what it is called in both, how far it is known,
/// and how far it is there.
final class RunFile {
  /// What a file's lines are.
  enum Kind {
    /// Rows of requests.csv, the first of which names the columns.
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

  /// Lines and bytes that are there for good.
  private Mark stored = Mark.START;

  /// Its last checkpoint in the database.
  private Mark reported = Mark.NOWHERE;

  /// Lines and bytes that are known to exist.
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

  /// A container's file. One that Weir would have named otherwise shares the collection with the
  /// one that has the right name.
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

  /// Whether its collection's documents need not say which file they are of.
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

  /// Whether the database has yet to record how far this file is.
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

  /// How many records of it are not there yet.
  long behind() {
    return Math.max(0, records(seen) - shipped());
  }

  /// How many records of it are there.
  long shipped() {
    return records(stored);
  }

  /// How many records it is known to have.
  long known() {
    return records(seen);
  }

  /// The first line of requests.csv is none.
  private long records(Mark mark) {
    return kind == Kind.REQUESTS ? Math.max(0, mark.lines - 1) : mark.lines;
  }

  /// A place in a file, just behind a newline.
  record Mark(long lines, long bytes) {
    static final Mark START = new Mark(0, 0);
    static final Mark NOWHERE = new Mark(-1, -1);
  }
}
