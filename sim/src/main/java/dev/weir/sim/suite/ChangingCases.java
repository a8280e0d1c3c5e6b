package dev.weir.sim.suite;

import dev.weir.sim.ScenarioEvent;
import java.util.List;
import java.util.stream.Stream;

/// The cases with a change during the run: of load, of replicas, or of their speed.
final class ChangingCases {
  /// When the change begins: after the balancer has learned, unless it begins with the run.
  private static final double AT = 60;

  /// Long enough to work off the backlog.
  private static final double SECONDS = 240;

  private ChangingCases() {}

  static List<SuiteCase> all() {
    return Stream.of(loads(), oneReplica(), allReplicas(), memberships(), errors())
        .flatMap(List::stream)
        .map(Draft::done)
        .toList();
  }

  private static List<Draft> loads() {
    return List.of(
        overload(Draft.ps(1)),
        overload(Draft.ps(4)),
        overload(Draft.fcfs(4)),
        overload(Draft.fcfs(16)),
        step(Draft.ps(1).rho(.2)),
        step(Draft.fcfs(4).rho(.2)),
        step(Draft.fcfs(16).rho(.2)),
        step(Draft.endless().rate(160)),
        Draft.ps(1).mmpp(100, 20, 2, 2),
        Draft.fcfs(4).mmpp(400, 80, 2, 2),
        Draft.endless().meanMillis(200).mmpp(20, 600, 5, 5));
  }

  /// For a minute, a load of 1.2 instead of .8.
  private static Draft overload(Draft draft) {
    return draft
        .rho(.8)
        .seconds(SECONDS)
        .happens(
            "to 1.2 for 60 s", new ScenarioEvent.Rate(AT, 1.5), new ScenarioEvent.Rate(AT + 60, 1));
  }

  private static Draft step(Draft draft) {
    return draft
        .seconds(SECONDS)
        .happens(
            "rate x4 for 60 s", new ScenarioEvent.Rate(AT, 4), new ScenarioEvent.Rate(AT + 60, 1));
  }

  private static List<Draft> oneReplica() {
    return List.of(
        falls(Draft.ps(1).rho(.7)),
        falls(Draft.ps(4).rho(.6)),
        falls(Draft.fcfs(4).rho(.6)),
        falls(Draft.fcfs(16).rho(.6)),
        Draft.ps(1)
            .rho(.7)
            .reached(525, false)
            .happens("one to .4", new ScenarioEvent.Speed(AT, 0, .4)),
        Draft.ps(1)
            .rho(.6)
            .reached(499, false)
            .happens("one crashes", new ScenarioEvent.Speed(AT, 0, 0)));
  }

  private static Draft falls(Draft draft) {
    return draft
        .seconds(SECONDS)
        .happens(
            "one to .25 for 60 s",
            new ScenarioEvent.Speed(AT, 0, .25),
            new ScenarioEvent.Speed(AT + 60, 0, 1));
  }

  private static List<Draft> allReplicas() {
    return List.of(
        slower(4, Draft.endless().meanMillis(200).rate(640)),
        slower(4, Draft.ps(1).rho(.2)),
        slower(4, Draft.fcfs(16).rho(.2)),
        slower(4, Draft.fcfs(16).rho(.5)),
        slower(4, Draft.fcfs(64).meanMillis(200).rho(.2)),
        slower(1.5, Draft.fcfs(16).rho(.6)));
  }

  private static Draft slower(double times, Draft draft) {
    String name = times == 4 ? "S x4 for 30 s" : "S x1.5 for 30 s";
    return draft
        .seconds(SECONDS)
        .happens(
            name,
            new ScenarioEvent.SpeedOfAll(AT, 1 / times),
            new ScenarioEvent.SpeedOfAll(AT + 30, 1));
  }

  private static List<Draft> memberships() {
    return List.of(
        Draft.ps(1).rho(.6).seconds(SECONDS).update(AT),
        Draft.ps(4).rho(.6).seconds(SECONDS).update(AT),
        Draft.fcfs(4).rho(.7).seconds(SECONDS).update(AT),
        Draft.fcfs(16).meanMillis(200).rho(.5).seconds(SECONDS).update(AT),
        Draft.endless().rate(640).seconds(SECONDS).update(AT));
  }

  private static List<Draft> errors() {
    return List.of(
        Draft.ps(1).rho(.6).seconds(SECONDS).errors(0),
        Draft.ps(4).rho(.6).seconds(SECONDS).errors(AT),
        Draft.fcfs(16).rho(.5).seconds(SECONDS).errors(AT),
        Draft.endless().rate(640).seconds(SECONDS).errors(0));
  }
}
