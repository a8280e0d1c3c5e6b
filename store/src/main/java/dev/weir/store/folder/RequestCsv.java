package dev.weir.store.folder;

import dev.weir.run.RequestRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The rows of requests.csv.
///
/// Text is quoted as in RFC 4180, except that line ends in it are written as `\n` and `\r` (and a
/// backslash as `\\`): a row is always one line, so a torn row cannot swallow the next. Text that a
/// spreadsheet would run as a formula is prefixed with `'`, which reading removes.
public final class RequestCsv {
  static final List<String> COLUMNS =
      List.of(
          "number",
          "due_nanos",
          "sent_nanos",
          "answered_nanos",
          "status",
          "bytes",
          "replica",
          "error");

  static final String HEADER = String.join(",", COLUMNS) + "\n";

  /// Distinct texts kept once; a run repeats a handful of replicas and errors.
  private static final int TEXTS_MAX = 10_000;

  /// The beginning of a formula, or of text that was marked as not one.
  private static final Pattern FORMULA = Pattern.compile("'*[=@+\\-\t\r]");

  private final Map<String, String> texts = new HashMap<>();
  private int[] places = {0, 1, 2, 3, 4, 5, 6, 7};

  public static byte[] row(RequestRecord request) {
    var row = new StringBuilder(96);
    row.append(request.number()).append(',');
    row.append(request.dueNanos()).append(',');
    row.append(request.sentNanos()).append(',');
    row.append(request.respondedNanos()).append(',');
    row.append(request.status()).append(',');
    row.append(request.bytes()).append(',');
    appendText(row, request.replica());
    row.append(',');
    appendText(row, request.error());
    return row.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Reads the positions of the columns: others may have been added, or the order changed.
  ///
  /// @throws IllegalArgumentException if one is missing
  public void header(String line) {
    List<String> names = fields(line);
    int[] found = new int[COLUMNS.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = names.indexOf(COLUMNS.get(i));
      if (found[i] < 0) {
        throw new IllegalArgumentException("no column " + COLUMNS.get(i));
      }
    }
    places = found;
  }

  /// One row.
  ///
  /// @throws IllegalArgumentException if it is not one
  public RequestRecord parse(String line) {
    List<String> fields = fields(line);
    return new RequestRecord(
        Long.parseLong(field(fields, 0)),
        Long.parseLong(field(fields, 1)),
        Long.parseLong(field(fields, 2)),
        Long.parseLong(field(fields, 3)),
        Integer.parseInt(field(fields, 4)),
        Long.parseLong(field(fields, 5)),
        text(field(fields, 6)),
        text(field(fields, 7)));
  }

  private String field(List<String> fields, int column) {
    int place = places[column];
    if (place >= fields.size()) {
      throw new IllegalArgumentException("no field " + COLUMNS.get(column));
    }
    return fields.get(place);
  }

  private String text(String raw) {
    String plain = raw.indexOf('\\') < 0 ? raw : unescaped(raw);
    boolean marked = plain.startsWith("'") && FORMULA.matcher(plain).lookingAt();
    String text = marked ? plain.substring(1) : plain;
    if (texts.size() >= TEXTS_MAX) {
      return texts.getOrDefault(text, text);
    }
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private static void appendText(StringBuilder row, String given) {
    String text = FORMULA.matcher(given).lookingAt() ? "'" + given : given;
    boolean quoted = text.indexOf(',') >= 0 || text.indexOf('"') >= 0;
    if (quoted) {
      row.append('"');
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> row.append("\\n");
        case '\r' -> row.append("\\r");
        case '\\' -> row.append("\\\\");
        case '"' -> row.append("\"\"");
        default -> row.append(c);
      }
    }
    if (quoted) {
      row.append('"');
    }
  }

  private static String unescaped(String raw) {
    var text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\' || i + 1 == raw.length()) {
        text.append(c);
        continue;
      }
      char escaped = raw.charAt(++i);
      text.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
    }
    return text.toString();
  }

  private static List<String> fields(String line) {
    var fields = new ArrayList<String>(COLUMNS.size());
    int at = 0;
    while (at <= line.length()) {
      if (at < line.length() && line.charAt(at) == '"') {
        at = quotedField(line, at + 1, fields);
      } else {
        int end = line.indexOf(',', at);
        end = end < 0 ? line.length() : end;
        fields.add(line.substring(at, end));
        at = end + 1;
      }
    }
    return fields;
  }

  /// Adds the field whose opening quote is just before `from`; returns where the next field starts.
  private static int quotedField(String line, int from, List<String> fields) {
    var field = new StringBuilder();
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '"') {
        field.append(c);
      } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (i + 1 == line.length() || line.charAt(i + 1) == ',') {
        fields.add(field.toString());
        return i + 2;
      } else {
        throw new IllegalArgumentException("a quote inside a field");
      }
    }
    throw new IllegalArgumentException("a quote that does not end");
  }
}
