package dev.weir.arch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds the strongly connected components of a graph, by Tarjan's algorithm (1972).
final class Circles {
  private final Map<String, Set<String>> arrows;
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<Set<String>> found = new ArrayList<>();

  private Circles(Map<String, Set<String>> arrows) {
    this.arrows = arrows;
  }

  /// The components of two nodes and more, the largest first.
  static List<Set<String>> of(Map<String, Set<String>> arrows) {
    var circles = new Circles(arrows);
    for (String node : arrows.keySet()) {
      if (!circles.index.containsKey(node)) {
        circles.visit(node);
      }
    }
    circles.found.sort((one, other) -> Integer.compare(other.size(), one.size()));
    return circles.found;
  }

  private void visit(String node) {
    index.put(node, index.size());
    low.put(node, index.get(node));
    open.push(node);
    for (String target : arrows.getOrDefault(node, Set.of())) {
      if (!index.containsKey(target)) {
        visit(target);
        low.merge(node, low.get(target), Math::min);
      } else if (open.contains(target)) {
        low.merge(node, index.get(target), Math::min);
      }
    }
    if (low.get(node).equals(index.get(node))) {
      close(node);
    }
  }

  private void close(String root) {
    var circle = new TreeSet<String>();
    String node;
    do {
      node = open.pop();
      circle.add(node);
    } while (!node.equals(root));
    if (circle.size() > 1) {
      found.add(circle);
    }
  }
}
