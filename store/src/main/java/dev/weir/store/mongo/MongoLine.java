package dev.weir.store.mongo;

import dev.weir.run.RequestRecord;
import dev.weir.store.folder.EventLine;
import dev.weir.store.folder.RequestCsv;
import dev.weir.store.folder.SampleLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Converts a line of a run's file to a document and back, byte for byte.
///
/// Besides the line's own fields a document has the run's id, the line's number in its file from 0,
/// and an `_id` of both, so that no line is stored twice. If the fields do not contain everything
/// (a foreign file's blanks, a name that MongoDB does not accept), the document also has the text
/// as `line`.
final class MongoLine {
  static final String ID = "_id";
  static final String RUN = "run";
  static final String SEQ = "seq";
  static final String FILE = "file";
  static final String LINE = "line";
  static final String WHY = "why";
  static final Set<String> OWN = Set.of(ID, RUN, SEQ, FILE, LINE);

  private MongoLine() {}

  /// A sample or event.
  ///
  /// @throws IllegalArgumentException if the line is neither
  static BsonDocument ofJson(RunFile file, long seq, byte[] line) {
    String text = text(line);
    BsonDocument fields = BsonText.document(EventLine.object(text));
    if (file.kind() == RunFile.Kind.SAMPLES) {
      SampleLine.parse(text, file.collection());
    } else {
      EventLine.parse(text);
    }
    OWN.forEach(fields::remove);
    BsonDocument document = bare(file, seq);
    document.putAll(fields);
    return with(document, line, BsonText.text(document));
  }

  /// A request.
  ///
  /// @throws IllegalArgumentException if the line is not a request
  static BsonDocument ofCsv(RunFile file, long seq, byte[] line) {
    RequestRecord request = file.csv().parse(withoutReturn(text(line)));
    BsonDocument document = bare(file, seq);
    document.put("number", new BsonInt64(request.number()));
    document.put("due_nanos", new BsonInt64(request.dueNanos()));
    document.put("sent_nanos", new BsonInt64(request.sentNanos()));
    document.put("answered_nanos", new BsonInt64(request.respondedNanos()));
    document.put("status", new BsonInt64(request.status()));
    document.put("bytes", new BsonInt64(request.bytes()));
    document.put("replica", new BsonString(request.replica()));
    document.put("error", new BsonString(request.error()));
    return with(document, line, csv(document));
  }

  /// A document with only the line.
  static BsonDocument ofBytes(RunFile file, long seq, byte[] line) {
    return bare(file, seq).append(LINE, bytes(line));
  }

  /// A line that is not a record, for the collection of such lines.
  static BsonDocument damaged(RunFile file, long seq, byte[] line, String why) {
    String id = "%s/%s/%d".formatted(file.run(), file.name(), seq);
    return new BsonDocument(ID, new BsonString(id))
        .append(RUN, new BsonString(file.run()))
        .append(SEQ, new BsonInt64(seq))
        .append(FILE, new BsonString(file.name()))
        .append(WHY, new BsonString(why))
        .append(LINE, bytes(line));
  }

  /// The line of a document, without its newline.
  static byte[] line(BsonDocument document, boolean request) {
    BsonValue line = document.get(LINE);
    if (line != null) {
      return bytes(line);
    }
    return (request ? csv(document) : BsonText.text(document)).getBytes(StandardCharsets.UTF_8);
  }

  static BsonValue bytes(byte[] line) {
    String text = text(line);
    boolean same = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), line);
    return same ? new BsonString(text) : new BsonBinary(line);
  }

  static byte[] bytes(BsonValue value) {
    return value.isBinary()
        ? value.asBinary().getData()
        : value.asString().getValue().getBytes(StandardCharsets.UTF_8);
  }

  private static BsonDocument bare(RunFile file, long seq) {
    BsonDocument document =
        new BsonDocument(ID, new BsonString(file.idOf(seq)))
            .append(RUN, new BsonString(file.run()))
            .append(SEQ, new BsonInt64(seq));
    return file.isTheCollections() ? document : document.append(FILE, new BsonString(file.name()));
  }

  private static BsonDocument with(BsonDocument document, byte[] line, String reported) {
    return Arrays.equals(reported.getBytes(StandardCharsets.UTF_8), line)
        ? document
        : document.append(LINE, bytes(line));
  }

  private static String csv(BsonDocument document) {
    byte[] row =
        RequestCsv.row(
            new RequestRecord(
                number(document, "number"),
                number(document, "due_nanos"),
                number(document, "sent_nanos"),
                number(document, "answered_nanos"),
                (int) number(document, "status"),
                number(document, "bytes"),
                document.getString("replica").getValue(),
                document.getString("error").getValue()));
    return new String(row, 0, row.length - 1, StandardCharsets.UTF_8);
  }

  private static long number(BsonDocument document, String name) {
    return document.getNumber(name).longValue();
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
