package dev.weir.testing.aws;

import java.util.Map;

/// A call of AWS's API as it came over the wire.
///
/// @param number counts all calls, from 1
/// @param change counts the calls that change something, from 1; 0 for one that reads
/// @param parameters those of the query API but Action and Version; empty for other protocols
public record AwsCall(
    int number, int change, String action, Map<String, String> parameters, String body) {
  /// Whether it changes something.
  public boolean changes() {
    return change > 0;
  }
}
