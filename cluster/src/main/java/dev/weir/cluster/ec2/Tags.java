package dev.weir.cluster.ec2;

import java.util.LinkedHashMap;
import java.util.Map;

/// The tags by which everything that Weir makes on EC2 is found again. No other record is needed.
final class Tags {
  static final String CLUSTER = "weir:cluster";
  static final String ROLE = "weir:role";
  static final String INDEX = "weir:index";
  static final String DISK = "weir:disk-gigabytes";
  static final String GENERATION = "weir:generation";
  static final String NAME = "Name";

  private Tags() {}

  /// The tags of what a cluster has once: its security group and its key pair.
  static Map<String, String> ofCluster(String cluster, String name) {
    var tags = new LinkedHashMap<String, String>();
    tags.put(CLUSTER, cluster);
    tags.put(NAME, name);
    return tags;
  }
}
