package dev.weir.cli.runs;

import dev.weir.run.RunRecord;
import dev.weir.store.mongo.MongoRunSummary;
import dev.weir.store.mongo.MongoRuns;
import java.util.List;
import java.util.Optional;

/// The runs in a MongoDB database.
///
/// @param database which is connected to when it is first asked
record DatabaseRuns(MongoRuns database) implements RunStore<MongoRunSummary> {
  @Override
  public List<MongoRunSummary> list() {
    return database.list();
  }

  @Override
  public MongoRunSummary describe(String run) {
    return database.describe(run);
  }

  @Override
  public RunRecord read(String run) {
    return database.read(run);
  }

  @Override
  public RunRecord usage(Optional<String> run) {
    return database.usage(run);
  }

  @Override
  public String delete(MongoRunSummary run) {
    database.delete(run.name());
    return "%s from %s".formatted(run.name(), place());
  }

  @Override
  public Object id(MongoRunSummary run) {
    return run.name();
  }

  @Override
  public List<String> table(List<MongoRunSummary> runs) {
    return MongoTables.of(runs);
  }

  @Override
  public List<String> details(MongoRunSummary run) {
    return MongoTables.all(run, place());
  }

  @Override
  public String place() {
    return database.target().toString();
  }

  @Override
  public void close() {
    database.close();
  }
}
