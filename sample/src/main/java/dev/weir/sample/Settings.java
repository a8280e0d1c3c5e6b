package dev.weir.sample;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// All settings, checked by [SettingsReader].
///
/// @param cpus emulated CPU quota; infinite for none
/// @param divisionsPerMilli trial divisions per millisecond of CPU; 0 until measured
/// @param name value of the `X-Replica` header; empty for none
/// @param exitOnTerm whether SIGTERM ends the process at once, like apps that do not drain
/// @param testHooks whether `/ledger` and `/unhealthy` are open
record Settings(
    String address,
    int port,
    double workMillis,
    WorkLaw.Shape workShape,
    double workScv,
    long seed,
    double cpus,
    double divisionsPerMilli,
    int threads,
    String name,
    @Nullable Path ledger,
    Duration grace,
    boolean exitOnTerm,
    boolean testHooks) {

  /// The same with the machine's speed measured, unless it was given.
  Settings calibrated() {
    return divisionsPerMilli > 0
        ? this
        : new Settings(
            address,
            port,
            workMillis,
            workShape,
            workScv,
            seed,
            cpus,
            Calibration.divisionsPerMilli(),
            threads,
            name,
            ledger,
            grace,
            exitOnTerm,
            testHooks);
  }
}
