package dev.weir.cluster.ec2;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/// Says what to try when AWS has no machine of a type free.
final class Capacity {
  /// Types of about the same size from other families.
  private static final Map<String, List<String>> SIBLINGS =
      Map.of(
          "t2", List.of("t3", "t3a"),
          "t3", List.of("t3a", "t2"),
          "t3a", List.of("t3", "t2"),
          "t4g", List.of("t3", "t3a"),
          "m5", List.of("m6i", "m5a"),
          "m6i", List.of("m5", "m6a"),
          "c5", List.of("c6i", "c5a"),
          "c6i", List.of("c5", "c6a"));

  private final List<Placement.Subnet> others;

  /// @param others subnets of other zones that have the type
  Capacity(List<Placement.Subnet> others) {
    this.others = List.copyOf(others);
  }

  /// The failure of a start, with what to try.
  Ec2Exception explained(Step.Run run, SdkException failure) {
    if (AwsProblem.of(failure) != AwsProblem.NO_CAPACITY) {
      return AwsErrors.of("ec2 RunInstances for " + run.node(), failure);
    }
    return new Ec2Exception(
        "%s: AWS has no %s free in %s now (try %s%s; or run the command again later, it goes on"
                .formatted(run.node(), run.type(), run.subnet(), zones(), types(run.type()))
            + " where it stopped)",
        failure);
  }

  private String zones() {
    return others.isEmpty()
        ? "--subnet with one of another zone"
        : others.stream()
            .map(other -> "--subnet " + other.text())
            .collect(Collectors.joining(" or "));
  }

  private static String types(String type) {
    int dot = type.indexOf('.');
    List<String> families = SIBLINGS.getOrDefault(type.substring(0, dot), List.of());
    return families.stream()
        .map(family -> ", --type " + family + type.substring(dot))
        .collect(Collectors.joining());
  }
}
