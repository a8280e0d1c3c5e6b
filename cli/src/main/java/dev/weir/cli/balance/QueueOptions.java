package dev.weir.cli.balance;

import dev.weir.balance.QueueSpec;
import dev.weir.base.Checks;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.WordCompletion;
import dev.weir.scale.Promise;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that says in which order requests wait.
@HelpSection("Balancing")
final class QueueOptions {
  @Option(
      names = "--queue",
      paramLabel = "fifo|late-last",
      completionCandidates = WordCompletion.Queues.class,
      defaultValue = "fifo",
      description =
          "Order of waiting: fifo, or late-last, which serves those first that can still be on time"
              + " and needs --slo. Per service: the label weir.queue (default: ${DEFAULT-VALUE}).")
  private String queue = "";

  /// The order, by the promise given.
  ///
  /// @throws IllegalArgumentException if it is unknown, or needs a promise and there is none
  QueueSpec spec(@Nullable Promise slo) {
    if (!QueueSpec.isLateLast("--queue", queue)) {
      return QueueSpec.FIFO;
    }
    if (slo == null) {
      Checks.check(
          false, "--queue", queue, "beside it --slo, which says what is late, as p99<300ms");
      return QueueSpec.FIFO;
    }
    return new QueueSpec.LateLast(Math.round(slo.seconds() * 1e9));
  }
}
