package dev.weir.store.folder;

import com.ethlo.time.ITU;
import dev.weir.run.Certificate;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// JSON in Weir's form: fields in the order of their records, instants as RFC 3339, and `null` for
/// NaN.
public final class RunJson {
  public static final JsonMapper MAPPER = mapper();

  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter(
          Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER));

  /// Always nine digits, so that lines sort by time as text.
  private static final DateTimeFormatter RFC_3339_NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private RunJson() {}

  /// Records, maps, lists and plain values as indented JSON, for `--json`.
  public static String pretty(Object value) {
    return MAPPER.writer().with(PRETTY).writeValueAsString(value);
  }

  public static String timestamp(Instant instant) {
    return RFC_3339_NANOS.format(instant);
  }

  /// The instant in a field. It uses a library that reads this form ten times as fast as the JDK,
  /// which takes a third of the time per line.
  ///
  /// @throws IllegalArgumentException if it is not an instant
  static Instant instant(String field, String text) {
    try {
      return ITU.parseDateTime(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("%s: '%s' (expected: RFC 3339)".formatted(field, text), e);
    }
  }

  /// One line of an .ndjson file, with its newline.
  public static byte[] line(Document document) {
    var text = new StringWriter(256);
    try (JsonGenerator json = MAPPER.createGenerator(text)) {
      json.writeStartObject();
      document.writeTo(json);
      json.writeEndObject();
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonMapper mapper() {
    var numbers = new SimpleModule();
    numbers.addSerializer(Double.class, new NumberOrNull());
    numbers.addSerializer(double.class, new NumberOrNull());
    numbers.addDeserializer(double.class, new NullIsNotANumber());
    numbers.setMixInAnnotation(Certificate.class, UnsentCertificate.class);
    numbers.addSerializer(Path.class, new ToStringSerializer(Path.class));
    return JsonMapper.builder()
        .addModule(numbers)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  /// A certificate's form: its lag is unknown if nothing was sent.
  interface UnsentCertificate {
    @JsonSerialize(using = LagOrNull.class)
    long lagP50Nanos();

    @JsonSerialize(using = LagOrNull.class)
    long lagP99Nanos();

    @JsonSerialize(using = LagOrNull.class)
    long lagMaxNanos();
  }

  /// A lag, or `null` if nothing was sent.
  static final class LagOrNull extends StdSerializer<Long> {
    LagOrNull() {
      super(Long.class);
    }

    @Override
    public void serialize(Long value, JsonGenerator json, SerializationContext context) {
      if (json.currentValue() instanceof Certificate of && of.sent() == 0) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
    }
  }

  /// Writes the fields of one line.
  @FunctionalInterface
  public interface Document {
    void writeTo(JsonGenerator json);
  }

  /// JSON has no NaN; `null` is what R and pandas read as a missing number.
  private static final class NumberOrNull extends StdSerializer<Double> {
    NumberOrNull() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializationContext context) {
      if (!Double.isFinite(value)) {
        json.writeNull();
      } else {
        json.writeNumber(value);
      }
    }
  }

  /// Reads what [NumberOrNull] wrote.
  private static final class NullIsNotANumber extends StdDeserializer<Double> {
    NullIsNotANumber() {
      super(double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context) {
      return parser.getValueAsDouble(Double.NaN);
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
