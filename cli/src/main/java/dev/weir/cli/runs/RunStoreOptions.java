package dev.weir.cli.runs;

import dev.weir.store.mongo.MongoRuns;
import picocli.CommandLine.Mixin;

/// The options that say where runs are kept: in a folder, or with any of MongoDB's in a database.
final class RunStoreOptions {
  @Mixin private RunsFolder folder = new RunsFolder();

  @Mixin private MongoOptions mongo = new MongoOptions();

  /// The runs of the database if one is named, or else those of the folder.
  RunStore<?> open() {
    return isDatabase() ? new DatabaseRuns(database()) : new FolderRuns(folder);
  }

  /// Whether an option names a database.
  boolean isDatabase() {
    return mongo.target().isPresent();
  }

  /// The database, which has to be named.
  MongoRuns database() {
    return MongoRuns.of(mongo.required());
  }

  /// The folder, whether or not a database is named.
  RunsFolder folder() {
    return folder;
  }
}
