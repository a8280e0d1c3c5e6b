package dev.weir.console.source;

import dev.weir.scale.Prediction;
import dev.weir.scale.Promise;
import dev.weir.scale.ReplicaNeed;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What numbers of replicas are predicted to give to a service, by the predictor of `weir size`.
///
/// @param demand what it has to do
/// @param promise what it promises; empty for nothing, then p99 is predicted
record ServiceCurve(ServiceDemand demand, Optional<Promise> promise) {
  private static final int POINTS_MAX = 48;
  private static final int REPLICAS_MAX = 1000;
  private static final int MORE = 4;

  /// The curve as JSON; a time without end is null.
  String json() {
    double percentile = promise.map(Promise::percentile).orElse(View.PERCENTILE);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("now", demand.replicas());
    promise.ifPresent(one -> json.put("promise", one.text()));
    ArrayNode counts = json.putArray("k");
    ArrayNode predicted = json.putArray("predicted");
    ArrayNode utilisation = json.putArray("utilisation");
    int last = last();
    int step = (last + POINTS_MAX - 1) / POINTS_MAX;
    for (int k = 1; k <= last; k = next(k, step)) {
      Prediction prediction = demand.with(k);
      double seconds = prediction.percentileSeconds(percentile);
      counts.add(k);
      if (Double.isFinite(seconds)) {
        predicted.add(Fields.rounded(seconds));
      } else {
        predicted.addNull();
      }
      utilisation.add(Fields.rounded(prediction.utilisation()));
    }
    putFormula(json.putObject("formula"));
    json.put("why", why());
    return json.toString();
  }

  /// The present number is always one of the points.
  private int next(int k, int step) {
    int next = k + step;
    return k < demand.replicas() && next > demand.replicas() ? demand.replicas() : next;
  }

  private int last() {
    int need =
        promise
            .map(one -> ReplicaNeed.of(demand.demand(), one, demand.slots(), REPLICAS_MAX))
            .map(ReplicaNeed::replicas)
            .orElse((int) Math.ceil(demand.demand().erlangs() / demand.slots()));
    return Math.min(
        REPLICAS_MAX, Math.max(2 * demand.replicas(), Math.max(need, demand.replicas()) + MORE));
  }

  private void putFormula(ObjectNode formula) {
    formula
        .put("lambda", Fields.rounded(demand.demand().ratePerSecond()))
        .put("workSeconds", Fields.rounded(demand.demand().work().meanSeconds()))
        .put("workScv", Fields.rounded(demand.demand().work().scv()))
        .put("arrivalScv", Fields.rounded(demand.demand().gapScv()));
  }

  private String why() {
    double erlangs = demand.demand().erlangs();
    int slots = demand.replicas() * demand.slots();
    return String.format(
        Locale.ROOT,
        "λ %.3g/s x S %.3g ms = %.3g of %d slots busy (%d replicas x %d): %.0f %%",
        demand.demand().ratePerSecond(),
        demand.demand().work().meanSeconds() * 1e3,
        erlangs,
        slots,
        demand.replicas(),
        demand.slots(),
        100 * erlangs / slots);
  }
}
