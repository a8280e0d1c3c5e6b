package dev.weir.cluster.ec2;

import dev.weir.cluster.ec2.Survey.Machine;
import java.util.ArrayList;
import java.util.List;

/// What exists of a cluster, in words.
final class SurveyText {
  private SurveyText() {}

  /// One line for each thing.
  static List<String> lines(String cluster, Survey survey) {
    var lines = new ArrayList<String>();
    survey
        .groups()
        .forEach(group -> lines.add("security group %s (%s)".formatted(group.name(), group.id())));
    survey.keys().forEach(key -> lines.add("key pair %s (%s)".formatted(key.name(), key.id())));
    survey.machines().forEach(machine -> lines.add(machine(cluster, machine)));
    survey.volumes().forEach(volume -> lines.add("volume %s, of no machine".formatted(volume)));
    return lines;
  }

  private static String machine(String cluster, Machine machine) {
    return "%s (%s): %s, %s, %d GB%s"
        .formatted(
            machine.node(cluster),
            machine.id(),
            machine.type(),
            machine.state(),
            machine.diskGigabytes(),
            machine.publicAddress().map(address -> ", " + address).orElse(""));
  }
}
