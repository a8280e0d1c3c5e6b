package dev.weir.store.mongo;

import com.mongodb.client.model.Filters;
import dev.weir.base.UserError;
import dev.weir.run.ContainerSample;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import dev.weir.store.folder.ImpossibleSamples;
import dev.weir.store.folder.RunDocument;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunJson;
import dev.weir.store.folder.SampleLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/// Reads the samples of containers from a database's collections: Weir's own, or those that other
/// programs stored in cAdvisor's form.
final class MongoUsage {
  private static final int SAMPLES_MAX = 10_000_000;
  private static final int BATCH_DOCUMENTS = 1_000;

  private final MongoConnection connection;
  private final String title;
  private final Map<String, List<ContainerSample>> samples = new TreeMap<>();
  private final List<RunEvent> events = new ArrayList<>();
  private int read;

  MongoUsage(MongoConnection connection, String title) {
    this.connection = connection;
    this.title = title;
  }

  /// The samples of a run that Weir stored.
  RunRecord of(BsonDocument run, Collection<String> collections) {
    collections.forEach(name -> read(name, Filters.eq(MongoLine.RUN, run.get(MongoLine.ID))));
    ImpossibleSamples.leaveOut(
        samples,
        (container, text) ->
            events.add(new RunEvent(Instant.EPOCH, RunFolder.DAMAGED, container, text)));
    RunDocument document = RunJson.MAPPER.readValue(UploadCheckpoint.json(run), RunDocument.class);
    return record(document.info());
  }

  /// The samples in documents that belong to no run.
  RunRecord ofOthers(Collection<String> collections) {
    collections.forEach(name -> read(name, Filters.exists(MongoLine.RUN, false)));
    ImpossibleSamples.leaveOut(
        samples,
        (container, text) ->
            events.add(new RunEvent(Instant.EPOCH, RunFolder.DAMAGED, container, text)));
    Instant start =
        samples.values().stream()
            .flatMap(all -> all.stream().map(ContainerSample::timestamp))
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return record(new RunInfo(title, title, start, "", 0, Map.of()));
  }

  private RunRecord record(RunInfo info) {
    samples.values().forEach(all -> all.sort(Comparator.comparing(ContainerSample::timestamp)));
    return new RunRecord(
        new RunInfo(
            title, info.title(), info.startedAt(), info.command(), info.seed(), info.facts()),
        List.of(),
        samples,
        events,
        Optional.empty());
  }

  private void read(String collection, Bson filter) {
    long damaged = 0;
    for (BsonDocument document :
        connection.collection(collection).find(filter).batchSize(BATCH_DOCUMENTS)) {
      try {
        String line = new String(MongoLine.line(document, false), StandardCharsets.UTF_8);
        add(SampleLine.parse(line, collection));
      } catch (IllegalArgumentException e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      events.add(
          new RunEvent(
              Instant.EPOCH,
              RunFolder.DAMAGED,
              collection,
              "%d documents are no samples".formatted(damaged)));
    }
  }

  private void add(ContainerSample sample) {
    if (++read > SAMPLES_MAX) {
      throw new UserError(
          "%s: holds more than %d samples (expected: fewer; draw one run of them)"
              .formatted(connection.target(), SAMPLES_MAX));
    }
    List<ContainerSample> of = samples.computeIfAbsent(sample.container(), _ -> new ArrayList<>());
    of.add(sample);
  }
}
