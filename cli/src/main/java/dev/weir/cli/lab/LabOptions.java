package dev.weir.cli.lab;

import dev.weir.base.Checks;
import dev.weir.base.UserError;
import dev.weir.cli.engine.EngineHost;
import dev.weir.cli.engine.SamplingOptions;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.runs.MongoAddress;
import dev.weir.cli.runs.RunsFolder;
import dev.weir.lab.record.MachineInfo;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.lab.sampling.SamplingSettings;
import dev.weir.run.RunInfo;
import dev.weir.store.mongo.MongoTarget;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of commands that record a run with the containers of a swarm.
final class LabOptions {
  private static final String DATABASE = "[A-Za-z0-9_-][A-Za-z0-9_.-]{0,62}";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @HelpSection("Results")
  @Option(
      names = "--database",
      paramLabel = "NAME",
      description =
          "Name of the run and its charts. With --mongo-client, --mongo-uri or $WEIR_MONGO_URI,"
              + " also the MongoDB database that gets a copy. Default: the service's name, or"
              + " 'bench'.")
  private @Nullable String database;

  @Mixin private BenchOutputs outputs = new BenchOutputs();
  @Mixin private MongoAddress mongo = new MongoAddress();
  @Mixin private RunsFolder runs = new RunsFolder();
  @Mixin private SamplingOptions sampling = new SamplingOptions();
  @Mixin private EngineHost engine = new EngineHost();

  BenchOutputs outputs() {
    return outputs;
  }

  SamplingOptions sampling() {
    return sampling;
  }

  /// The run's name: the database's, or else `fallback`.
  String database(String fallback) {
    String name = database == null ? mongo.named().orElse(fallback) : database;
    Checks.check(
        name.matches(DATABASE), "--database", name, "letters, digits, _ and -, 63 at most");
    return name;
  }

  /// The database that also gets the run; absent if the user named no server.
  Optional<MongoTarget> mongo(String name) {
    return mongo.isGiven() || (database != null && mongo.isInEnvironment())
        ? Optional.of(mongo.target(Optional.of(name)))
        : Optional.empty();
  }

  /// The folder of a run of that name. A database holds runs of several machines, so there the name
  /// gets the machine and the time.
  Path folder(String name, boolean shared) {
    String own =
        shared
            ? "%s-%s-%s".formatted(name, MachineInfo.local().node(), TIME.format(Instant.now()))
            : name;
    return outputs.folder(runs.root(), own);
  }

  /// The engine, if it is needed for the service or the samples.
  ///
  /// @throws UserError if it is needed and does not respond
  Optional<Engine> connect(boolean forService) {
    boolean forSamples =
        sampling.source() != SamplingSettings.Source.NONE && sampling.cadvisors().isEmpty();
    if (!forService && !forSamples) {
      return Optional.empty();
    }
    try {
      return Optional.of(engine.connect());
    } catch (EngineException e) {
      if (forService) {
        throw e;
      }
      throw new UserError(
          e.getMessage()
              + " (to sample a cAdvisor instead: --api-url http://HOST:70; nothing: --source none)",
          e);
    }
  }

  /// The description that a run records.
  static RunInfo info(
      Path folder,
      String title,
      String command,
      long seed,
      SampledNodes nodes,
      Map<String, String> further) {
    var facts = new LinkedHashMap<>(MachineInfo.local().facts());
    facts.put("database", title);
    facts.putAll(further);
    facts.put("sampled", nodes.describe());
    String id = String.valueOf(folder.getFileName());
    return new RunInfo(id, title, Instant.now(), command, seed, facts);
  }
}
