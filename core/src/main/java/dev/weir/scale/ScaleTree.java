package dev.weir.scale;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Autoscaling as trees of maps, lists, texts and numbers, for status pages and files; NaN where a
/// figure is unknown.
public final class ScaleTree {
  private ScaleTree() {}

  /// The state of a service's autoscaling, with its latest decisions.
  ///
  /// @param historyMax how many of them at most
  public static Map<String, Object> of(ScaleReport report, int historyMax) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("mode", report.mode());
    tree.put("min", report.min());
    tree.put("max", report.max());
    tree.put("paused", report.paused());
    tree.put("actor", report.actor());
    tree.put("state", report.state());
    tree.put("fault", report.fault());
    tree.put("desired", report.desired());
    tree.put("ready", report.ready());
    tree.put("coldStartSeconds", report.coldStartSeconds());
    List<ScaleEvent> history = report.history();
    tree.put(
        "history",
        history.subList(Math.max(0, history.size() - historyMax), history.size()).stream()
            .map(ScaleTree::of)
            .toList());
    return tree;
  }

  /// A decision with all that it rests on, and what came of it.
  public static Map<String, Object> of(ScaleEvent event) {
    Decision decision = event.decision();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("epochMillis", event.epochMillis());
    tree.put("before", event.before());
    tree.put("replicas", decision.replicas());
    tree.put("term", decision.term().label());
    tree.put("done", event.done());
    tree.put("words", decision.words());
    putInputs(tree, decision.observation());
    tree.put("promise", decision.promise().text());
    tree.put("aimSeconds", decision.aim().seconds());
    tree.put("correction", decision.correction());
    tree.put("terms", terms(decision.terms()));
    tree.put("outlook", outlook(decision.outlook()));
    return tree;
  }

  private static void putInputs(Map<String, Object> tree, Observation seen) {
    ServiceLoad load = seen.load();
    WorkLaw work = load.work();
    tree.put("arrivalsPerSecond", load.rate().perSecond());
    tree.put("standardError", load.rate().standardError());
    tree.put("windowSeconds", load.rate().windowSeconds());
    tree.put("gapScv", load.gapScv());
    tree.put("workMeanSeconds", work == null ? Double.NaN : work.meanSeconds());
    tree.put("workScv", work == null ? Double.NaN : work.scv());
    tree.put("slots", load.slots());
    tree.put("ready", load.ready());
    tree.put("desired", seen.desired());
    tree.put("queued", load.queued());
    tree.put("waitSeconds", load.waitSeconds());
    tree.put("idleSeconds", load.idleSeconds());
    tree.put("coldStartSeconds", seen.coldStartSeconds());
    tree.put("fresh", seen.isFresh());
  }

  private static Map<String, Object> terms(Terms terms) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("base", terms.base());
    tree.put("trend", terms.trend());
    tree.put("backlog", terms.backlog());
    tree.put("held", terms.held());
    tree.put("human", terms.human());
    return tree;
  }

  private static Map<String, Object> outlook(Decision.Outlook outlook) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("fewerSeconds", outlook.fewerSeconds());
    tree.put("sameSeconds", outlook.sameSeconds());
    tree.put("moreSeconds", outlook.moreSeconds());
    return tree;
  }
}
