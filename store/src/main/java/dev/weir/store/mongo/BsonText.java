package dev.weir.store.mongo;

import dev.weir.store.folder.RunJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Converts JSON to documents of a database and back.
///
/// MongoDB does not accept everything (names with dots or dollars, integers beyond 64 bits, very
/// deep nesting). Such parts are left out; a caller that needs every byte keeps the text too.
final class BsonText {
  /// MongoDB's own limit is 100.
  private static final int DEPTH_MAX = 60;

  private BsonText() {}

  /// The fields of a JSON object; whole numbers always have 64 bits.
  static BsonDocument document(JsonNode object) {
    return document(object, 0);
  }

  /// The fields of a document that are not Weir's own, as one line of JSON without its newline.
  static String text(BsonDocument document) {
    byte[] line =
        RunJson.line(json ->
            document.forEach((name, value) -> {
              if (!MongoLine.OWN.contains(name)) {
                write(json, name, value);
              }
            }));
    return new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
  }

  private static BsonDocument document(JsonNode object, int depth) {
    var document = new BsonDocument();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (isName(field.getKey()) && depth < DEPTH_MAX) {
        document.put(field.getKey(), value(field.getValue(), depth + 1));
      }
    }
    return document;
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.chars().noneMatch(c -> c == '$' || c == '.' || c == 0);
  }

  private static BsonValue value(JsonNode node, int depth) {
    return switch (node.getNodeType()) {
      case OBJECT -> document(node, depth);
      case ARRAY -> {
        var array = new BsonArray();
        if (depth < DEPTH_MAX) {
          node.forEach(element -> array.add(value(element, depth + 1)));
        }
        yield array;
      }
      case STRING -> new BsonString(node.stringValue());
      case BOOLEAN -> BsonBoolean.valueOf(node.booleanValue());
      case NUMBER -> number(node);
      case NULL, MISSING, BINARY, POJO -> BsonNull.VALUE;
    };
  }

  private static BsonValue number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return new BsonInt64(node.longValue());
    }
    double value = node.asDouble(Double.MAX_VALUE);
    return Double.isFinite(value) ? new BsonDouble(value) : BsonNull.VALUE;
  }

  private static void write(JsonGenerator json, String name, BsonValue value) {
    json.writeName(name);
    write(json, value);
  }

  private static void write(JsonGenerator json, BsonValue value) {
    // Our lines do not contain BSON's other types; they become null.
    if (value.isDocument()) {
      json.writeStartObject();
      value.asDocument().forEach((name, inner) -> write(json, name, inner));
      json.writeEndObject();
    } else if (value.isArray()) {
      json.writeStartArray();
      value.asArray().forEach(inner -> write(json, inner));
      json.writeEndArray();
    } else if (value.isString()) {
      json.writeString(value.asString().getValue());
    } else if (value.isInt32() || value.isInt64()) {
      json.writeNumber(value.asNumber().longValue());
    } else if (value.isDouble()) {
      json.writeNumber(value.asDouble().getValue());
    } else if (value.isDecimal128()) {
      json.writeNumber(value.asDecimal128().getValue().bigDecimalValue());
    } else if (value.isBoolean()) {
      json.writeBoolean(value.asBoolean().getValue());
    } else if (value.getBsonType() == BsonType.DATE_TIME) {
      json.writeString(RunJson.timestamp(Instant.ofEpochMilli(value.asDateTime().getValue())));
    } else {
      json.writeNull();
    }
  }
}
