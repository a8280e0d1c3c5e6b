package dev.weir.lab.compare;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Schedule;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.lab.record.MachineInfo;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.load.record.LoadResult;
import dev.weir.observe.http.HttpText;
import dev.weir.run.RunInfo;
import dev.weir.swarm.watch.ServiceVariation;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A comparison on a service of a swarm. The service is changed before each run and restored at the
/// end.
public final class SwarmComparisonTarget implements ComparisonTarget {
  private static final Duration TASKS_MAX = Duration.ofMinutes(5);

  /// How long a balancer without `--status-url` gets to follow the labels; it needs a second or
  /// two.
  private static final Duration UNSEEN = Duration.ofSeconds(5);

  /// How long new replicas need until they are found, checked and get their full share.
  private static final Duration SETTLE = Duration.ofSeconds(12);

  private static final Duration SEEN_MAX = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(250);

  private final String service;
  private final ServiceAccess access;
  private final Duration duration;
  private final SampledNodes nodes;
  private final Terminal terminal;
  private final ServiceVariation variation;
  private final SwarmLoads loads;
  private final GapLaw gaps;
  private final ServiceRestoration restoration;
  private @Nullable ComparisonVariant applied;
  private boolean unseenReported;

  /// @param variation of the service, as it was found
  /// @param nodes that are sampled during the runs
  /// @param gaps the law of arrivals
  /// @param duration of each run's load
  SwarmComparisonTarget(
      String service,
      ServiceAccess access,
      ServiceVariation variation,
      SwarmLoads loads,
      SampledNodes nodes,
      GapLaw gaps,
      Duration duration,
      Terminal terminal) {
    this.service = service;
    this.access = access;
    this.variation = variation;
    this.loads = loads;
    this.nodes = nodes;
    this.gaps = gaps;
    this.duration = duration;
    this.terminal = terminal;
    this.restoration = new ServiceRestoration(variation, service, terminal);
  }

  @Override
  public LoadResult run(ComparisonTrial trial) throws InterruptedException {
    apply(trial.variant(), trial.task());
    Duration before = LocalComparisonTarget.warmUp(duration);
    int count = (int) Math.ceil(gaps.ratePerSecond() * before.toNanos() / 1e9);
    LoadResult warm =
        loads.quietly(
            Schedule.ofCount(gaps, count, ~trial.scheduleSeed()), trial.task() + " warming up:");
    if (loads.isStopping()) {
      return warm;
    }
    Schedule schedule = Schedule.ofDuration(gaps, duration, trial.scheduleSeed());
    return loads.recorded(trial.folder(), info(trial, schedule), nodes, schedule, trial.task());
  }

  @Override
  public void stop() {
    loads.stop();
    // At once: an interrupted process has no time for the rest.
    restoration.putBack();
  }

  @Override
  public void close() {
    restoration.putBack();
  }

  @Override
  public boolean isLeftChanged() {
    return restoration.isLeftChanged();
  }

  private void apply(ComparisonVariant variant, String task) throws InterruptedException {
    if (variant.equals(applied) || loads.isStopping()) {
      return;
    }
    if (applied == null) {
      terminal.report("weir: %s as found: %s".formatted(service, variation.found().describe()));
    }
    terminal.live(task + " changing " + service);
    applied = variant;
    switch (variant) {
      case ComparisonVariant.Policy policy -> {
        if (policy.spec() == PolicySpec.WEIR) {
          variation.policy(policy.spec().label(), policy.limit().label());
        } else {
          variation.policy(policy.spec().label());
        }
        awaitPolicy(policy);
      }
      case ComparisonVariant.Image(var image) -> {
        variation.image(image);
        awaitTasks();
      }
      case ComparisonVariant.Count(var replicas) -> {
        variation.replicas(replicas);
        awaitTasks();
      }
      case ComparisonVariant.Rule rule ->
          throw new IllegalStateException("no setting of a service: " + rule.label());
    }
  }

  private void awaitTasks() throws InterruptedException {
    variation.awaitTasks(TASKS_MAX, loads::isStopping);
    loads.pause(SETTLE);
  }

  private void awaitPolicy(ComparisonVariant.Policy policy) throws InterruptedException {
    Optional<URI> status = access.statusUrl();
    if (status.isPresent()) {
      long deadlineNanos = System.nanoTime() + SEEN_MAX.toNanos();
      while (System.nanoTime() < deadlineNanos && !loads.isStopping()) {
        if (isShownAt(status.get(), policy)) {
          return;
        }
        loads.pause(POLL);
      }
    }
    if (!unseenReported && !loads.isStopping()) {
      unseenReported = true;
      terminal.report(
          status.isPresent()
              ? "weir: %s does not show %s's policy; runs begin all the same"
                  .formatted(status.get(), service)
              : "weir: whether the balancer took a policy cannot be seen without --status-url; it gets"
                  + " %s for it".formatted(Progress.plain(UNSEEN)));
    }
    loads.pause(UNSEEN);
  }

  /// Whether the balancer reports this policy and limit for the service.
  private boolean isShownAt(URI status, ComparisonVariant.Policy policy) {
    try {
      String page = HttpText.of(Optional.empty(), Duration.ofSeconds(2)).get(status);
      return shows(page, service, policy);
    } catch (IOException _) {
      // Not there, or not yet: the caller asks again, for a bounded time.
      return false;
    }
  }

  /// If there are several services, the one with that name counts; without names, the only one.
  /// Only replicas show a limit.
  public static boolean shows(String page, String service, ComparisonVariant.Policy wanted) {
    boolean isNamed = fieldIn(page, service, true, "policy").isPresent();
    Optional<String> policy = fieldIn(page, service, isNamed, "policy");
    if (policy.filter(wanted.spec().label()::equals).isEmpty()) {
      return false;
    }
    Optional<String> why = fieldIn(page, service, isNamed, "limitReason");
    return wanted.spec() != PolicySpec.WEIR
        || why.isEmpty()
        || switch (wanted.limit()) {
          case LimitSpec.Fixed(var slots) -> why.get().equals("set to " + slots);
          case LimitSpec.Off() -> why.get().equals("off");
          case LimitSpec.Auto() -> why.get().matches("(open|closed).*");
        };
  }

  /// The first value of a text field, before the next service begins.
  private static Optional<String> fieldIn(
      String page, String service, boolean isNamed, String field) {
    String name = "\"name\"\\s*:\\s*";
    Pattern pattern =
        Pattern.compile(
            (isNamed ? name + "\"" + Pattern.quote(service) + "\"" : "\\A")
                + "(?:(?!%s).)*?\"%s\"\\s*:\\s*\"([^\"]*)\"".formatted(name, field),
            Pattern.DOTALL);
    Matcher found = pattern.matcher(page);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private RunInfo info(ComparisonTrial trial, Schedule schedule) {
    var facts = new LinkedHashMap<>(MachineInfo.local().facts());
    facts.put("service", service);
    facts.put("variant", trial.variant().label());
    facts.put("target", access.target());
    facts.put("load", schedule.describe());
    facts.put("sampled", nodes.describe());
    return new RunInfo(
        trial.label(), trial.label(), Instant.now(), trial.command(), trial.scheduleSeed(), facts);
  }
}
