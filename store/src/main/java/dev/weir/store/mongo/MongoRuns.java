package dev.weir.store.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.weir.base.UserError;
import dev.weir.run.RunRecord;
import dev.weir.store.folder.Disk;
import dev.weir.store.folder.RunDocument;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import tools.jackson.core.JacksonException;

/// The runs of one MongoDB database. docs/mongodb.md describes them for readers in other languages.
///
/// Every method throws [DatabaseException] if the database is away or refuses.
public final class MongoRuns implements AutoCloseable {
  /// More names than this do not make a message clearer.
  private static final int NAMED_MAX = 12;

  private final MongoConnection connection;

  private MongoRuns(MongoConnection connection) {
    this.connection = connection;
  }

  /// The runs of a database. It sends no request yet.
  public static MongoRuns of(MongoTarget target) {
    return new MongoRuns(new MongoConnection(target));
  }

  /// The database.
  public MongoTarget target() {
    return connection.target();
  }

  /// The runs, the oldest first.
  public List<MongoRunSummary> list() {
    return connection.ask(() -> {
      var runs = new ArrayList<MongoRunSummary>();
      for (BsonDocument run : connection.collection(MongoNames.RUNS).find()) {
        described(run).ifPresent(runs::add);
      }
      runs.sort(
          Comparator.comparing((MongoRunSummary run) -> run.info().startedAt())
              .thenComparing(MongoRunSummary::name));
      return runs;
    });
  }

  /// A summary of a run, without reading all of it.
  ///
  /// @throws UserError if the run does not exist
  public MongoRunSummary describe(String run) {
    return connection.ask(() -> described(require(run)).orElseThrow(() -> unknown(run)));
  }

  /// Deletes a run with all its records, and collections that become empty.
  ///
  /// @throws UserError if the run does not exist
  public void delete(String run) {
    connection.ask(() -> {
      require(run);
      Set<String> collections = new TreeSet<>(collectionsOf(run));
      for (String name : collections) {
        connection.collection(name).deleteMany(Filters.eq(MongoLine.RUN, run));
        if (MongoNames.isContainers(name) && connection.collection(name).find().first() == null) {
          connection.collection(name).drop();
        }
      }
      // The description goes last, so that an interrupted deletion leaves a run that can be
      // deleted.
      connection.collection(MongoNames.FILES).deleteMany(Filters.eq(MongoLine.RUN, run));
      return connection.durable(MongoNames.RUNS).deleteOne(Filters.eq(MongoLine.ID, run));
    });
  }

  /// The collections with samples of containers, from Weir or other writers, by name.
  public List<String> collections() {
    return connection.ask(() -> {
      var names = new ArrayList<String>();
      for (String name : connection.database().listCollectionNames()) {
        if (MongoNames.isContainers(name)) {
          names.add(name);
        }
      }
      names.sort(Comparator.naturalOrder());
      return names;
    });
  }

  /// Copies the missing records of a run folder into the database.
  ///
  /// @throws UserError if the folder is not a run
  public Exported export(Path folder, UploadListener listener) {
    return export(folder, listener, () -> false);
  }

  /// Copies the missing records of a run folder into the database.
  ///
  /// @param stop asked between batches whether to stop early; the next export continues from there
  /// @throws UserError if the folder is not a run
  public Exported export(Path folder, UploadListener listener, BooleanSupplier stop) {
    RunFolder.describe(folder);
    var upload = new RunUpload(folder, connection, listener);
    try {
      upload.survey();
      upload.turn(() -> true);
      long before = upload.shipped();
      upload.turn(stop);
      if (upload.behind() == 0) {
        upload.finish();
      }
      return new Exported(
          upload.run(),
          upload.shipped(),
          upload.shipped() - before,
          upload.behind(),
          upload.damaged(),
          upload.isFinished());
    } catch (MongoException e) {
      DatabaseException why = connection.explained(e);
      throw new DatabaseException(
          true,
          "%s; %d of %d records are there; repeat the command to go on"
              .formatted(why.getMessage(), upload.shipped(), upload.known()),
          e);
    }
  }

  /// Copies a run into a folder, byte for byte as exported. Of a run that is still being recorded
  /// it copies what is there.
  ///
  /// @param folder new or empty; either all of the run appears or nothing
  /// @return how many records it has
  /// @throws UserError if the run does not exist, or the folder cannot be created
  public long importTo(String run, Path folder, UploadListener listener) {
    return connection.ask(() -> MongoImport.of(connection, require(run)).to(folder, listener));
  }

  /// Reads a whole run.
  ///
  /// @throws UserError if the run does not exist
  public RunRecord read(String run) {
    try {
      Path temporary = Files.createTempDirectory("weir-run-");
      try {
        Path folder = temporary.resolve("run");
        importTo(run, folder, UploadListener.NONE);
        return RunFolder.read(folder);
      } finally {
        Disk.deleteAll(temporary);
      }
    } catch (IOException e) {
      throw new UserError(
          "run %s: cannot be unpacked: %s (expected: room in %s)"
              .formatted(run, Disk.reason(e), System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  /// Only the usage of a run's containers. Without a run's name it is that of the only run, or of
  /// documents that other programs wrote, such as cAdvisor.
  ///
  /// @throws UserError if the run does not exist, or there are several to choose from
  public RunRecord usage(Optional<String> run) {
    return connection.ask(() -> {
      List<String> names = names();
      if (run.isEmpty() && names.size() > 1) {
        throw new UserError(
            "%s: holds %d runs (expected: one of their names, as in %s)"
                .formatted(connection.target(), names.size(), shortened(names)));
      }
      Optional<String> chosen = run.or(() -> names.stream().findFirst());
      String title = run.orElse(connection.target().database());
      var usage = new MongoUsage(connection, title);
      return chosen.isPresent()
          ? usage.of(require(chosen.get()), containerCollections(chosen.get()))
          : usage.ofOthers(collections());
    });
  }

  @Override
  public void close() {
    connection.close();
  }

  private List<String> containerCollections(String run) {
    return collectionsOf(run).stream().filter(MongoNames::isContainers).toList();
  }

  private Set<String> collectionsOf(String run) {
    var names = new TreeSet<>(Set.of(MongoNames.REQUESTS, MongoNames.EVENTS, MongoNames.DAMAGED));
    connection
        .collection(MongoNames.FILES)
        .find(Filters.eq(MongoLine.RUN, run))
        .forEach(file -> names.add(file.getString("collection").getValue()));
    return names;
  }

  private Optional<MongoRunSummary> described(BsonDocument run) {
    String id = run.getString(MongoLine.ID).getValue();
    try {
      RunDocument document =
          RunJson.MAPPER.readValue(UploadCheckpoint.json(run), RunDocument.class);
      return Optional.of(
          MongoRunSummary.of(document, run.getBoolean("whole").getValue(), counted(id)));
    } catch (JacksonException e) {
      // Not written by Weir, so it stays unchanged.
      return Optional.empty();
    }
  }

  private MongoRunSummary.Counted counted(String run) {
    long[] counts = new long[4];
    connection
        .collection(MongoNames.FILES)
        .find(Filters.eq(MongoLine.RUN, run))
        .forEach(file -> {
          int kind =
              switch (file.getString("kind").getValue()) {
                case "requests" -> 0;
                case "samples" -> 1;
                default -> 2;
              };
          long damaged = file.getNumber("damaged").longValue();
          counts[kind] += file.getNumber("records").longValue() - damaged;
          counts[3] += damaged;
        });
    return new MongoRunSummary.Counted(counts[0], counts[1], counts[2], counts[3]);
  }

  private BsonDocument require(String run) {
    BsonDocument found =
        connection.collection(MongoNames.RUNS).find(Filters.eq(MongoLine.ID, run)).first();
    if (found == null) {
      throw unknown(run);
    }
    return found;
  }

  private UserError unknown(String run) {
    List<String> names = names();
    String known =
        names.isEmpty()
            ? "there are no runs; 'weir runs export' brings them there"
            : "there are: " + shortened(names);
    return new UserError("run %s: not in %s (%s)".formatted(run, connection.target(), known));
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    connection
        .collection(MongoNames.RUNS)
        .find()
        .sort(Sorts.descending("startedAt"))
        .forEach(run -> names.add(run.getString(MongoLine.ID).getValue()));
    return names;
  }

  private static String shortened(List<String> names) {
    int more = names.size() - NAMED_MAX;
    return names.stream().limit(NAMED_MAX).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /// The result of an export.
  ///
  /// @param run the run's id
  /// @param records how many of its records are in the database
  /// @param sent how many of them are new
  /// @param missing how many are missing, because it was stopped
  /// @param damaged how many lines were not records; they are stored separately
  /// @param finished whether nothing more will come
  public record Exported(
      String run, long records, long sent, long missing, long damaged, boolean finished) {}
}
