package dev.weir.cli.runs;

import dev.weir.cli.option.HelpSection;
import dev.weir.store.mongo.MongoTarget;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that name a MongoDB database. With any of them, a command reads its runs there.
@HelpSection("Mongo")
final class MongoOptions {
  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "The MongoDB database. Default: the one that the address names.")
  private @Nullable String database;

  @Mixin private MongoAddress address = new MongoAddress();

  /// The database, if any of the options was given.
  Optional<MongoTarget> target() {
    return database == null && !address.isGiven() ? Optional.empty() : Optional.of(required());
  }

  /// The database, which is required.
  MongoTarget required() {
    return address.target(Optional.ofNullable(database));
  }
}
