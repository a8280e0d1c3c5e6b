package dev.weir.store.mongo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.run.Certificate;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunDocument;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One run in a list of a database's runs.
///
/// @param name the run's id
/// @param state "finished", "recording" if this machine records it now, or else "unfinished"
/// @param whole whether the database has everything that the finished folder had
/// @param info what it was
/// @param machine where it was recorded, by name of the fact
/// @param finishedAt when it was closed properly
/// @param requests how many requests are here
/// @param samples how many samples
/// @param events how many events
/// @param damaged how many unreadable lines of its files are stored unchanged
/// @param lost how many records its disk refused
/// @param problem why records are missing
/// @param certificate of its load
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MongoRunSummary(
    String name,
    String state,
    boolean whole,
    RunInfo info,
    Map<String, String> machine,
    Optional<Instant> finishedAt,
    long requests,
    long samples,
    long events,
    long damaged,
    long lost,
    Optional<String> problem,
    Optional<Certificate> certificate) {

  static MongoRunSummary of(RunDocument document, boolean whole, Counted counted) {
    String state =
        document.finished() ? "finished" : document.process().lives() ? "recording" : "unfinished";
    return new MongoRunSummary(
        document.id(),
        state,
        whole,
        document.info(),
        document.machine(),
        Optional.ofNullable(document.finishedAt()),
        counted.requests,
        counted.samples,
        counted.events,
        counted.damaged,
        document.counts().lost(),
        Optional.ofNullable(document.failure()),
        Optional.ofNullable(document.certificate()));
  }

  /// How many records of a run are in the database, by kind.
  record Counted(long requests, long samples, long events, long damaged) {}
}
