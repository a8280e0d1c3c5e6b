package dev.weir.store.folder;

import dev.weir.run.Certificate;
import dev.weir.run.RunInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// run.json: a run's description and how it ended.
///
/// @param format the version of this folder's layout
/// @param id the run's id
/// @param title what charts call it
/// @param startedAt the epoch of every relative time
/// @param command the command that repeats it
/// @param seed of every random draw
/// @param facts settings and versions
/// @param machine where it was recorded
/// @param process the recording process
/// @param state "recording" until the run was closed properly, then "finished"
/// @param finishedAt when it was closed
/// @param counts how many records were kept
/// @param failure why records are missing
/// @param certificate of the load
public record RunDocument(
    int format,
    String id,
    String title,
    Instant startedAt,
    String command,
    long seed,
    Map<String, String> facts,
    Map<String, String> machine,
    Recorder process,
    String state,
    @Nullable Instant finishedAt,
    Counts counts,
    @Nullable String failure,
    @Nullable Certificate certificate) {
  public static final String FILE = "run.json";
  static final String RECORDING = "recording";
  static final String FINISHED = "finished";

  private static final int FORMAT = 1;

  /// Fills in what a hand-written file, or one of another version, may lack.
  public RunDocument {
    id = Objects.requireNonNullElse(id, "");
    title = Objects.requireNonNullElse(title, id);
    startedAt = Objects.requireNonNullElse(startedAt, Instant.EPOCH);
    command = Objects.requireNonNullElse(command, "");
    facts = Objects.requireNonNullElse(facts, Map.of());
    machine = Objects.requireNonNullElse(machine, Map.of());
    process = Objects.requireNonNullElse(process, new Recorder(0, null));
    state = Objects.requireNonNullElse(state, RECORDING);
    counts = Objects.requireNonNullElse(counts, new Counts(0, 0, 0, 0));
  }

  static RunDocument starting(RunInfo info) {
    return new RunDocument(
        FORMAT,
        info.id(),
        info.title(),
        info.startedAt(),
        info.command(),
        info.seed(),
        info.facts(),
        thisMachine(),
        Recorder.self(),
        RECORDING,
        null,
        new Counts(0, 0, 0, 0),
        null,
        null);
  }

  RunDocument with(
      String newState,
      @Nullable Instant newFinishedAt,
      Counts newCounts,
      @Nullable String newFailure,
      @Nullable Certificate newCertificate) {
    return new RunDocument(
        format,
        id,
        title,
        startedAt,
        command,
        seed,
        facts,
        machine,
        process,
        newState,
        newFinishedAt,
        newCounts,
        newFailure,
        newCertificate);
  }

  public RunInfo info() {
    return new RunInfo(id, title, startedAt, command, seed, facts);
  }

  public boolean finished() {
    return state.equals(FINISHED);
  }

  /// Neither finished nor still recording.
  boolean cutOff() {
    return !finished() && !process.lives();
  }

  private static Map<String, String> thisMachine() {
    var machine = new LinkedHashMap<String, String>();
    machine.put("host", hostName());
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("arch", System.getProperty("os.arch"));
    machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    machine.put("java", Runtime.version().toString());
    return machine;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /// How many lines of each kind were kept, and how many are missing.
  ///
  /// @param requests rows of requests.csv
  /// @param samples lines of all samples files
  /// @param events lines of events.ndjson
  /// @param lost records that the disk refused
  public record Counts(long requests, long samples, long events, long lost) {}

  /// The process that records a run. The start time distinguishes it from a later process with the
  /// same number.
  ///
  /// @param pid its number
  /// @param startedAt when it started, where the system reports it
  public record Recorder(long pid, @Nullable Instant startedAt) {
    static Recorder self() {
      ProcessHandle self = ProcessHandle.current();
      return new Recorder(self.pid(), self.info().startInstant().orElse(null));
    }

    public boolean lives() {
      return startedAt != null
          && ProcessHandle.of(pid)
              .filter(ProcessHandle::isAlive)
              .flatMap(handle -> handle.info().startInstant())
              .filter(startedAt::equals)
              .isPresent();
    }
  }
}
