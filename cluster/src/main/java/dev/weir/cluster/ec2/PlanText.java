package dev.weir.cluster.ec2;

import dev.weir.base.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A plan as people and as programs read it.
public final class PlanText {
  private PlanText() {}

  /// Lines for people. With `exact`, also every call's parameters.
  public static List<String> lines(Plan plan, Prices prices, boolean exact) {
    var lines = new ArrayList<String>();
    lines.add("%s in %s, account %s".formatted(plan.title(), plan.region(), plan.account()));
    if (!plan.exists().isEmpty()) {
      lines.add("exists:");
      plan.exists().forEach(thing -> lines.add("  " + thing));
    }
    lines.add(plan.changesNothing() ? "plan: nothing to change" : "plan:");
    int number = 0;
    for (Step step : plan.steps()) {
      number++;
      lines.add("  %2d. %s".formatted(number, step.title()));
      if (exact && step instanceof Step.Call call) {
        lines.add("      ec2 " + call.action());
        call.parameters()
            .forEach((name, value) -> lines.add("        %s=%s".formatted(name, value)));
      }
    }
    lines.add("cost afterwards: " + prices.text(plan.running(), plan.diskGigabytes()));
    return lines;
  }

  /// The same as one JSON document.
  public static String json(Plan plan, Prices prices) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("plan", plan.title());
    tree.put("cluster", plan.cluster());
    tree.put("region", plan.region());
    tree.put("account", plan.account());
    tree.put("exists", plan.exists());
    tree.put("changes", !plan.changesNothing());
    tree.put("steps", plan.steps().stream().map(PlanText::step).toList());
    OptionalDouble hourly = prices.hourly(plan.running(), plan.diskGigabytes());
    tree.put("usdPerHourAbout", hourly.orElse(Double.NaN));
    tree.put("cost", prices.text(plan.running(), plan.diskGigabytes()));
    return JsonText.of(tree);
  }

  private static Map<String, Object> step(Step step) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("title", step.title());
    if (step instanceof Step.Call call) {
      tree.put("service", "ec2");
      tree.put("action", call.action());
      tree.put("parameters", call.parameters());
    }
    return tree;
  }
}
