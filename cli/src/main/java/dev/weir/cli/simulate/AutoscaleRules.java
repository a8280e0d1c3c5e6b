package dev.weir.cli.simulate;

import dev.weir.sim.scale.NamedRule;
import java.util.ArrayList;
import java.util.List;

/// The rules of autoscaling by the names that users type.
final class AutoscaleRules extends ArrayList<String> {
  static final String ALL = "all";
  private static final long serialVersionUID = 1;
  private static final String EXPECTED =
      "weir, cpu, kpa, clairvoyant or fixed=N with N from 1 to 100000";

  AutoscaleRules() {
    super(List.of("cpu", "kpa", "weir", "clairvoyant"));
  }

  static NamedRule parse(String name, double holdSeconds, double drainSeconds) {
    return switch (name.strip()) {
      case "weir" -> new NamedRule.Weir(holdSeconds, drainSeconds);
      case "cpu" -> new NamedRule.Cpu();
      case "kpa" -> new NamedRule.Kpa();
      case "clairvoyant" -> new NamedRule.Clairvoyant();
      default -> fixed(name.strip());
    };
  }

  private static NamedRule fixed(String name) {
    if (!name.matches("fixed=[1-9][0-9]{0,4}")) {
      throw ServerList.refused("--autoscale", name, EXPECTED);
    }
    return new NamedRule.Fixed(Integer.parseInt(name.substring("fixed=".length())));
  }
}
