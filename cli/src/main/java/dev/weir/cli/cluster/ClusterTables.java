package dev.weir.cli.cluster;

import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.NodeRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is written down of clusters, as JSON.
final class ClusterTables {
  private ClusterTables() {}

  static List<Map<String, Object>> tree(ClusterRecord cluster) {
    return cluster.nodes().stream().map(ClusterTables::tree).toList();
  }

  static Map<String, Object> tree(NodeRecord node) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", node.name());
    tree.put("role", role(node));
    tree.put("ssh", node.address().toString());
    tree.put("address", node.advertise());
    tree.put("id", node.nodeId().orElse(""));
    return tree;
  }

  static String role(NodeRecord node) {
    return node.role().name().toLowerCase(Locale.ROOT);
  }
}
