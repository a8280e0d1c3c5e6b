package dev.weir.console.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a browser knows after the events that it got, in the way the page reads them.
final class ViewerState {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final TreeMap<String, JsonNode> known = new TreeMap<>();
  private String lastId = "";

  void take(Frame frame) {
    String[] lines = new String(frame.bytes(), StandardCharsets.UTF_8).split("\n", -1);
    JsonNode data = JSON.readTree(lines[2].substring("data: ".length()));
    lastId = lines[0].substring("id: ".length());
    if (lines[1].equals("event: snapshot")) {
      known.clear();
    }
    data.path("set").properties().forEach(one -> known.put(one.getKey(), one.getValue()));
    data.path("del").forEach(key -> known.remove(key.stringValue()));
  }

  String lastId() {
    return lastId;
  }

  Map<String, JsonNode> known() {
    return known;
  }
}
