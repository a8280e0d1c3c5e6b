package dev.weir.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Policies before replicas on this machine.
record CompareLocalCase(DemoPlan plan, int portBase, Terminal terminal) implements CompareCase {
  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d replicas (%s cores each%s), %.3g arrivals/s, %.0f %% of what they can do",
        plan.replicas(),
        DemoPlan.number(plan.fastCpus()),
        plan.lastSpeed() < 1 ? ", the last " + plan.cpus().getLast() : "",
        plan.lambda(),
        plan.lambda() / plan.capacityPerSecond() * 100);
  }

  @Override
  public Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("replica cpus", plan.cpus().toString());
    facts.put("work per request", plan.work().describe());
    facts.put("arrivals", plan.gaps().describe());
    return facts;
  }

  @Override
  public CompareGround open(Path folder) {
    if (plan.lambda() > plan.capacityPerSecond()) {
      terminal.tell("note: more arrives than the replicas can serve; requests will be refused");
    }
    return CompareLocal.start(plan, folder, portBase, terminal);
  }

  @Override
  public Optional<ComparePrediction> prediction(Map<String, CompareVariant> variants) {
    var cases = new LinkedHashMap<String, ComparePrediction.Case>();
    variants.forEach((label, variant) -> {
      if (variant instanceof CompareVariant.Policy(var policy)) {
        cases.put(label, new ComparePrediction.Case(policy, CompareReplicas.servers(plan)));
      }
    });
    return Optional.of(
        new ComparePrediction(
            plan.gaps(),
            plan.work().law(),
            plan.work().describe(),
            plan.duration(),
            CompareLocal.warmUp(plan.duration()),
            cases));
  }

  @Override
  public String whyNotPredicted() {
    return "Not simulated.";
  }

  @Override
  public void close() {
    // The replicas belong to the ground, which is closed by whoever opened it.
  }
}
