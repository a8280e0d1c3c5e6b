package dev.weir.cli.cluster;

import dev.weir.base.JsonText;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.Interruption;
import dev.weir.cluster.form.ClusterOrder;
import dev.weir.cluster.form.FormException;
import dev.weir.cluster.form.FormPlan;
import dev.weir.cluster.form.Formation;
import dev.weir.cluster.form.Site;
import dev.weir.cluster.form.Survey;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.ssh.SshAddress;
import dev.weir.term.FigureText;
import dev.weir.term.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// Checks machines, shows what is missing, asks, and carries it out: what `up` and `add` share.
final class ClusterForming {
  private final ClusterStore store;
  private final ClusterRecord known;
  private final Mode mode;
  private final Terminal terminal = Terminal.system();
  private final Map<String, Object> result = new LinkedHashMap<>();

  /// How far to go.
  ///
  /// @param dryRun change nothing
  /// @param yes do not ask
  /// @param json print JSON
  record Mode(boolean dryRun, boolean yes, boolean json) {}

  /// @param known what is written down of the cluster so far, without machines if nothing is
  ClusterForming(ClusterStore store, ClusterRecord known, Mode mode) {
    this.store = store;
    this.known = known;
    this.mode = mode;
  }

  /// Goes all the way, and returns the exit code.
  int run(ClusterOrder order) {
    terminal.live("logs in to %s".formatted(FigureText.count(order.nodes().size(), "machine")));
    try (Survey survey = Survey.of(order)) {
      terminal.clear();
      result.put("cluster", order.name());
      result.put("findings", FindingTable.tree(survey.findings()));
      FindingTable.lines(survey.findings()).forEach(this::say);
      return survey.hasFaults() ? refused(survey) : planned(survey);
    } finally {
      if (mode.json) {
        terminal.print(JsonText.of(result).strip());
      }
    }
  }

  private int refused(Survey survey) {
    long faults = survey.findings().stream().filter(one -> one.isFault()).count();
    result.put("result", "faults");
    terminal.report(
        "weir: %s: %s; nothing was changed (mend what the last rows say, then run this again)"
            .formatted(survey.order().name(), FigureText.count(faults, "fault")));
    return ExitCode.FAILED;
  }

  private int planned(Survey survey) {
    FormPlan plan = FormPlan.of(survey);
    result.put("plan", FindingTable.tree(plan));
    ClusterRecord cluster = recorded(survey);
    if (plan.isEmpty()) {
      store.write(cluster);
      return finished(cluster, "nothing to change");
    }
    say("");
    FindingTable.lines(plan).forEach(this::say);
    if (mode.dryRun) {
      result.put("result", "dry run");
      say("dry run: nothing was changed");
      return ExitCode.OK;
    }
    Confirmation.offer(mode.yes, "Go on?");
    return carriedOut(survey, plan, cluster);
  }

  private int carriedOut(Survey survey, FormPlan plan, ClusterRecord cluster) {
    var watcher = new FormingWatcher(terminal, cluster.name(), plan, System.nanoTime());
    var stopped = new AtomicBoolean();
    try (var _ =
        new Interruption(() -> {
          stopped.set(true);
          survey.close();
        })) {
      try {
        new Formation(survey, store, cluster, watcher).run();
      } catch (FormException e) {
        return broken(cluster, watcher, stopped.get(), String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        if (!stopped.get()) {
          throw e;
        }
        return broken(cluster, watcher, true, "");
      }
    }
    terminal.clear();
    return finished(store.find(cluster.name()).orElse(cluster), "done");
  }

  private int broken(ClusterRecord cluster, FormingWatcher watcher, boolean stopped, String why) {
    terminal.clear();
    result.put("result", stopped ? "interrupted" : "failed");
    result.put("error", why);
    if (!stopped) {
      why.lines().forEach(line -> terminal.report("weir: " + line));
    }
    terminal.report(
        "weir: %s: %s; what is done:"
            .formatted(cluster.name(), stopped ? "interrupted" : "not finished"));
    watcher.state().forEach(terminal::report);
    terminal.report("to go on: weir cluster up --name %s".formatted(cluster.name()));
    terminal.report("to take it back: weir cluster down --name %s".formatted(cluster.name()));
    return stopped ? ExitCode.INTERRUPTED : ExitCode.FAILED;
  }

  private int finished(ClusterRecord cluster, String words) {
    result.put("result", words);
    result.put("nodes", ClusterTables.tree(cluster));
    say(
        "%s: %s: %s (%s)"
            .formatted(
                cluster.name(),
                words,
                FigureText.count(cluster.nodes().size(), "node") + " Ready",
                cluster.nodes().stream()
                    .map(node ->
                        node.role() == NodeRecord.Role.MANAGER
                            ? node.name() + ", manager"
                            : node.name())
                    .collect(Collectors.joining("; "))));
    terminal.report(
        "next: weir stack deploy --cluster %s -c stacks/weir.yml weir".formatted(cluster.name()));
    return ExitCode.OK;
  }

  /// What is written down: before the first change, so that an interrupted run can be continued.
  private ClusterRecord recorded(Survey survey) {
    var nodes = new ArrayList<NodeRecord>();
    for (Site site : survey.sites()) {
      SshAddress address = site.order().login().address();
      Optional<String> id = site.machine().facts().membership().map(member -> member.nodeId());
      nodes.add(
          new NodeRecord(
              site.machine().facts().hostname(), site.order().role(), address, site.address(), id));
    }
    return known.withNodes(nodes);
  }

  /// Lines for people; beside JSON they go to standard error.
  private void say(String line) {
    if (mode.json) {
      terminal.report(line);
    } else {
      terminal.print(line);
    }
  }
}
