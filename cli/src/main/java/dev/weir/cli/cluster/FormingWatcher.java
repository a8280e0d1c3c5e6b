package dev.weir.cli.cluster;

import dev.weir.cluster.form.FormPlan;
import dev.weir.cluster.form.Step;
import dev.weir.cluster.form.Watcher;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shows a plan as it is carried out, and remembers what is done for the case that it ends early.
final class FormingWatcher implements Watcher {
  private final Terminal terminal;
  private final Progress progress;
  private final int totalSeconds;
  private final Map<String, List<String>> done = new LinkedHashMap<>();
  private final Map<String, String> underWay = new LinkedHashMap<>();
  private int doneSeconds;

  FormingWatcher(Terminal terminal, String cluster, FormPlan plan, long nowNanos) {
    this.terminal = terminal;
    this.progress = new Progress(terminal, cluster, nowNanos);
    this.totalSeconds = Math.max(1, plan.steps().stream().mapToInt(Step::seconds).sum());
    plan.steps().forEach(step -> done.computeIfAbsent(step.host(), _ -> new ArrayList<>()));
  }

  @Override
  public synchronized void note(String host, String words) {
    underWay.put(host, words);
    show(host + ": " + words);
  }

  @Override
  public synchronized void done(Step step) {
    doneSeconds += step.seconds();
    underWay.remove(step.host());
    done.computeIfAbsent(step.host(), _ -> new ArrayList<>()).add(step.words());
    terminal.report("%s: done: %s".formatted(step.host(), step.words()));
    show("");
  }

  /// What is done, and what was under way, on each machine.
  synchronized List<String> state() {
    var lines = new ArrayList<String>();
    done.forEach((host, steps) -> {
      String open = underWay.containsKey(host) ? "; under way: " + underWay.get(host) : "";
      lines.add(
          "  %s: %s%s"
              .formatted(
                  host, steps.isEmpty() ? "nothing done yet" : String.join(", ", steps), open));
    });
    return lines;
  }

  private void show(String note) {
    progress.show(doneSeconds / (double) totalSeconds, note, System.nanoTime());
  }
}
