package dev.weir.cli.load;

import dev.weir.base.UserError;
import dev.weir.base.Visible;
import dev.weir.cli.option.HelpSection;
import dev.weir.load.record.HdrLog;
import dev.weir.load.record.LoadResult;
import dev.weir.run.RequestRecord;
import dev.weir.store.folder.PrivateFiles;
import dev.weir.term.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The files that a load writes. Each is opened and written to before the run, to find a missing
/// folder or a full disk early.
@HelpSection("Outcome")
final class LoadOutputs {
  private static final String CSV_HEADER =
      "number,due_ns,sent_ns,answered_ns,latency_ns,service_ns,lag_ns,status,bytes,replica,error";

  private static final Pattern FORMULA = Pattern.compile("[=@+\\-\t\r]");

  /// The beginning of every document, written before the run to test the file.
  private static final String JSON_BEGIN = "{";

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the summary and the certificate as JSON; - is standard output.")
  private @Nullable String json;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write a line per request as CSV; - is standard output.")
  private @Nullable String csv;

  @Option(
      names = "--hdr",
      paramLabel = "FILE",
      description =
          "Write an HdrHistogram interval log, for HistogramLogAnalyzer; - is standard output.")
  private @Nullable String hdr;

  private final List<Output> open = new ArrayList<>();

  /// Writes the rest of one file.
  @FunctionalInterface
  private interface Body {
    void write(PrintStream out, LoadResult result, String document);
  }

  /// A file that is open.
  ///
  /// @param option that named it
  /// @param file as named
  /// @param out its text
  /// @param body writes what is missing
  private record Output(String option, String file, PrintStream out, Body body) {}

  /// Whether standard output is taken, so that everything else must go to standard error.
  boolean takesStandardOutput() {
    return "-".equals(json) || "-".equals(csv) || "-".equals(hdr);
  }

  /// Opens the files and writes their beginnings.
  ///
  /// @throws UserError naming the option of a file that cannot be written
  void open() {
    long standard = Stream.of("" + json, "" + csv, "" + hdr).filter("-"::equals).count();
    if (standard > 1) {
      throw new UserError("--json, --csv, --hdr: - twice (expected: standard output for one only)");
    }
    open(
        "--json",
        json,
        out -> out.print(JSON_BEGIN),
        (out, _, document) -> out.print(document.substring(JSON_BEGIN.length())));
    open("--csv", csv, out -> out.print(CSV_HEADER + "\n"), (out, result, _) -> csv(out, result));
    open("--hdr", hdr, HdrLog::begin, (out, result, _) -> HdrLog.write(out, result));
  }

  /// Writes the rest and closes the files.
  ///
  /// @return one line for each file that could not be written whole
  List<String> write(LoadResult result, String jsonDocument) {
    var failures = new ArrayList<String>();
    for (Output output : open) {
      output.body().write(output.out(), result, Visible.of(jsonDocument));
      boolean failed = output.out().checkError();
      if (!output.file().equals("-")) {
        output.out().close();
      }
      if (failed || output.out().checkError()) {
        failures.add(
            "%s: %s could not be written whole (is the disk full?)"
                .formatted(output.option(), output.file()));
      }
    }
    return failures;
  }

  private void open(String option, @Nullable String file, Consumer<PrintStream> begin, Body body) {
    if (file == null) {
      return;
    }
    try {
      OutputStream sink =
          file.equals("-") ? Terminal.document() : PrivateFiles.newFileLikeFolder(Path.of(file));
      var out =
          new PrintStream(new BufferedOutputStream(sink, 1 << 16), false, StandardCharsets.UTF_8);
      begin.accept(out);
      if (out.checkError()) {
        throw new IOException("nothing can be written to it; is the disk full?");
      }
      open.add(new Output(option, file, out, body));
    } catch (IOException e) {
      throw new UserError(
          "%s: %s cannot be written: %s".formatted(option, file, e.getMessage()), e);
    }
  }

  private static void csv(PrintStream out, LoadResult result) {
    for (RequestRecord r : result.records()) {
      out.append(Long.toString(r.number())).append(',');
      out.append(Long.toString(r.dueNanos())).append(',');
      out.append(Long.toString(r.sentNanos())).append(',');
      out.append(Long.toString(r.respondedNanos())).append(',');
      out.append(Long.toString(r.latencyNanos())).append(',');
      out.append(Long.toString(r.serviceNanos())).append(',');
      out.append(Long.toString(r.lagNanos())).append(',');
      out.append(Integer.toString(r.status())).append(',');
      out.append(Long.toString(r.bytes())).append(',');
      out.append(field(r.replica())).append(',').append(field(r.error())).append('\n');
    }
  }

  /// RFC 4180, with control characters visible and a quote before what a spreadsheet would run as a
  /// formula: names come from headers, so servers choose them.
  private static String field(String given) {
    String text = (FORMULA.matcher(given).lookingAt() ? "'" : "") + Visible.line(given);
    boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
