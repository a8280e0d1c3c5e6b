package dev.weir.cli.cluster;

import dev.weir.base.JsonText;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.Interruption;
import dev.weir.cluster.ec2.Ec2Cluster;
import dev.weir.cluster.ec2.Ec2Exception;
import dev.weir.cluster.ec2.Leaving;
import dev.weir.cluster.ec2.Plan;
import dev.weir.cluster.ec2.PlanText;
import dev.weir.cluster.ec2.Prices;
import dev.weir.cluster.ec2.Stop;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.term.Terminal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A change on EC2: the plan is shown, the user asked, the plan carried out. If that ends early,
/// the user sees what exists, what it costs, and how to remove it.
final class Ec2Change {
  private final String cluster;
  private final ClusterStore store;
  private final Ec2Place place;
  private final ClusterForming.Mode mode;
  private final Prices prices;
  private final Terminal terminal = Terminal.system();
  private final Stop stop = new Stop();

  Ec2Change(String cluster, ClusterStore store, Ec2Place place, ClusterForming.Mode mode) {
    this.cluster = cluster;
    this.store = store;
    this.place = place;
    this.mode = mode;
    this.prices = place.prices();
  }

  /// Goes as far as the options say.
  ///
  /// @return the exit code; empty if the plan was carried out, and the command goes on
  Optional<Integer> run(Planning planning, Work work) {
    try (Ec2Cluster machines = place.open(cluster, store, stop)) {
      Plan plan;
      try {
        plan = planning.plan(machines);
      } catch (Ec2Exception e) {
        terminal.report("weir: " + e.getMessage());
        return Optional.of(ExitCode.FAILED);
      }
      show(plan);
      if (mode.dryRun()) {
        return Optional.of(ExitCode.OK);
      }
      if (!plan.changesNothing()) {
        Confirmation.need(mode.yes(), List.of(summary(plan)), "Go on?");
      }
      return carriedOut(machines, plan, work);
    }
  }

  private Optional<Integer> carriedOut(Ec2Cluster machines, Plan plan, Work work) {
    var watcher = new Ec2Watcher(terminal, plan.title());
    try (var _ = new Interruption(stop::request)) {
      return worked(machines, plan, work, watcher);
    }
  }

  private Optional<Integer> worked(Ec2Cluster machines, Plan plan, Work work, Ec2Watcher watcher) {
    try {
      work.run(machines, plan, watcher);
      terminal.clear();
      return Optional.empty();
    } catch (Ec2Exception e) {
      terminal.clear();
      terminal.report(
          "weir: %s: %s"
              .formatted(plan.title(), stop.isRequested() ? "interrupted" : e.getMessage()));
      leftovers();
      return Optional.of(stop.isRequested() ? ExitCode.INTERRUPTED : ExitCode.FAILED);
    }
  }

  private void show(Plan plan) {
    if (mode.json() && mode.dryRun()) {
      terminal.print(PlanText.json(plan, prices).strip());
      return;
    }
    PlanText.lines(plan, prices, mode.dryRun())
        .forEach(line -> {
          if (mode.json()) {
            terminal.report(line);
          } else {
            terminal.print(line);
          }
        });
    if (mode.dryRun()) {
      terminal.print("dry run: nothing was changed");
    }
  }

  /// The end of a command that forms nothing: a line for people, or a document.
  int ended(String words) {
    terminal.print(
        mode.json()
            ? JsonText.of(Map.of("cluster", cluster, "result", words)).strip()
            : "%s %s".formatted(cluster, words));
    return ExitCode.OK;
  }

  private static String summary(Plan plan) {
    return "carry out %s as shown%s%s"
        .formatted(
            plan.title(),
            plan.starts() > 0 ? ", which starts machines that cost" : "",
            plan.destroys() ? ", which ends machines with their data" : "");
  }

  /// A look of its own: the interrupted connection makes no more calls.
  void leftovers() {
    try (Ec2Cluster again = place.open(cluster, store, new Stop())) {
      again.leftovers(prices).forEach(terminal::report);
    } catch (Ec2Exception e) {
      terminal.report(
          "what exists could not be read: %s (see it: weir cluster down --provider ec2 --name %s"
                  .formatted(e.getMessage(), cluster)
              + " --dry-run)");
    }
  }

  /// Makes a plan.
  @FunctionalInterface
  interface Planning {
    Plan plan(Ec2Cluster machines) throws Ec2Exception;
  }

  /// Carries a plan out.
  @FunctionalInterface
  interface Work {
    void run(Ec2Cluster machines, Plan plan, Ec2Watcher watcher) throws Ec2Exception;
  }

  /// For plans in which nobody leaves.
  static final Leaving NOBODY =
      node -> {
        throw new IllegalStateException(node + " leaves, and the plan has no such step");
      };
}
