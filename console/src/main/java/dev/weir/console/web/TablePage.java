package dev.weir.console.web;

import dev.weir.console.model.Entity;
import dev.weir.console.model.Picture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Services, nodes and tasks as plain tables, for browsers without JavaScript and for `curl`.
final class TablePage {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> SERVICES =
      List.of(
          "name",
          "mode",
          "running",
          "desired",
          "wanted",
          "arrivals",
          "queued",
          "p99",
          "promise",
          "kept",
          "image",
          "why");
  private static final List<String> NODES =
      List.of(
          "name",
          "role",
          "state",
          "availability",
          "address",
          "cpus",
          "usedCpus",
          "memory",
          "usedMemory",
          "problem");
  private static final List<String> TASKS =
      List.of("name", "state", "desired", "node", "image", "health", "cpu", "memory", "error");

  private final StringBuilder out = new StringBuilder();
  private final Map<String, String> nodeNames = new HashMap<>();

  private TablePage() {}

  static String of(Picture picture, String version) {
    return new TablePage().render(picture, version);
  }

  private String render(Picture picture, String version) {
    String when =
        picture.epochMillis() == 0
            ? "nothing is known yet"
            : Instant.ofEpochMilli(picture.epochMillis())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    out.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="refresh" content="10">
        <title>Weir console: tables</title>
        <link rel="stylesheet" href="/base.css">
        </head>
        <body class="plain">
        <h1>Weir %s</h1>
        <p>%s. This page loads itself again every 10 s. <a href="/">The live page</a>.</p>
        """
            .formatted(Html.escape(version), Html.escape(when)));
    table(picture, "service", "Services", SERVICES);
    table(picture, "node", "Nodes", NODES);
    table(picture, "task", "Tasks", TASKS);
    return out.append("</body>\n</html>\n").toString();
  }

  private void table(Picture picture, String kind, String title, List<String> columns) {
    var rows = picture.entities().subMap(kind + "/", kind + "0").values();
    out.append("<h2>%s (%d)</h2>\n<table>\n<thead><tr>".formatted(title, rows.size()));
    columns.forEach(name -> out.append("<th scope=\"col\">").append(name).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    rows.forEach(row -> row(row, columns));
    out.append("</tbody>\n</table>\n");
  }

  private void row(Entity entity, List<String> columns) {
    JsonNode fields = JSON.readTree(entity.json());
    if (entity.key().startsWith("node/")) {
      nodeNames.put(fields.path("id").asString(""), fields.path("name").asString(""));
    }
    out.append("<tr>");
    for (String column : columns) {
      String text = text(fields.path(column));
      out.append("<td>")
          .append(Html.escape(column.equals("node") ? nodeNames.getOrDefault(text, text) : text))
          .append("</td>");
    }
    out.append("</tr>\n");
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? ""
        : value.isString() ? value.stringValue() : value.toString();
  }
}
