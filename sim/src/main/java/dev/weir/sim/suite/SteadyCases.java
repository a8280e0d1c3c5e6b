package dev.weir.sim.suite;

import dev.weir.sim.Bottleneck;
import dev.weir.sim.Discipline;
import java.util.List;
import java.util.stream.Stream;

/// The cases without changes: by kind of replica, load, and variability of the work.
final class SteadyCases {
  private SteadyCases() {}

  static List<SuiteCase> all() {
    return Stream.of(processors(), slots(), counts(), unlike())
        .flatMap(List::stream)
        .map(Draft::done)
        .toList();
  }

  private static List<Draft> processors() {
    return List.of(
        Draft.ps(1).rho(.3),
        Draft.ps(1).rho(.5),
        Draft.ps(1).rho(.7),
        Draft.ps(1).rho(.85).requests(200_000).reached(447, true),
        Draft.ps(1).rho(.95),
        Draft.ps(1).rho(.85).cs2(.1).reached(250, true),
        Draft.ps(1).rho(.85).cs2(4).requests(200_000).reached(1_100, true),
        Draft.ps(1).rho(.95).cs2(4),
        Draft.ps(1).rho(.5).cs2(4),
        Draft.ps(1).rho(.7).cs2(16),
        Draft.ps(4).rho(.5),
        Draft.ps(4).rho(.85),
        Draft.ps(4).rho(.95),
        Draft.ps(4).rho(.85).cs2(.1),
        Draft.ps(4).rho(.85).cs2(4),
        Draft.ps(16).rho(.5),
        Draft.ps(16).rho(.85),
        Draft.ps(16).rho(.85).cs2(4));
  }

  private static List<Draft> slots() {
    return List.of(
        Draft.fcfs(1).rho(.5),
        Draft.fcfs(1).rho(.85),
        Draft.fcfs(1).rho(.95),
        Draft.fcfs(1).rho(.85).cs2(.1),
        Draft.fcfs(1).rho(.85).cs2(4),
        Draft.fcfs(4).rho(.3),
        Draft.fcfs(4).rho(.85),
        Draft.fcfs(4).rho(.95),
        Draft.fcfs(4).rho(.85).cs2(.1),
        Draft.fcfs(4).rho(.85).cs2(4),
        Draft.fcfs(4).rho(.7).cs2(16),
        Draft.fcfs(16).meanMillis(200).rho(.5),
        Draft.fcfs(16).rho(.85),
        Draft.fcfs(16).rho(.85).cs2(4),
        Draft.fcfs(64).meanMillis(200).rho(.5).cs2(0),
        Draft.fcfs(64).meanMillis(200).rho(.85),
        Draft.endless().meanMillis(200).rate(640).cs2(0),
        Draft.endless().meanMillis(200).rate(640),
        Draft.endless().rate(640).cs2(4));
  }

  private static List<Draft> counts() {
    return List.of(
        Draft.ps(1).replicas(1).rho(.7),
        Draft.ps(4).replicas(1).rho(.85),
        Draft.fcfs(4).replicas(1).rho(.85),
        Draft.ps(4).replicas(2).rho(.85).reached(306, false),
        Draft.fcfs(16).replicas(2).rho(.85),
        Draft.ps(1).replicas(16).rho(.85).reached(279, false),
        Draft.fcfs(4).replicas(16).rho(.85),
        Draft.ps(1).replicas(100).rho(.85),
        Draft.fcfs(4).replicas(100).rho(.7));
  }

  private static List<Draft> unlike() {
    return List.of(
        Draft.ps(1).lastAt(.4).rho(.85).reached(580, false),
        Draft.ps(4).lastAt(.4).rho(.85),
        Draft.fcfs(4).lastAt(.4).rho(.85),
        Draft.endless().behind(new Bottleneck(4, 1, Discipline.PS)).rho(.85),
        Draft.endless().behind(new Bottleneck(16, 1, Discipline.FCFS)).rho(.85),
        Draft.ps(4).behind(new Bottleneck(4, .5, Discipline.PS)).rho(.7));
  }
}
