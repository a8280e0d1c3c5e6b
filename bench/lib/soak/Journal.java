import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What each replica of bench/soak did to each request: written by the replicas, read by the judge.
final class Journal {
  /// One thing done.
  ///
  /// @param atMillis since 1970
  /// @param what `took`, `responded`, the name of a fault, `killed`, or `left` if the balancer
  /// closed the connection first
  record Entry(long atMillis, int port, long id, String what) {}

  private final BufferedWriter out;

  Journal(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
  }

  void note(int port, long id, String what) {
    try {
      out.write(System.currentTimeMillis() + "\t" + port + "\t" + id + "\t" + what + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a journal: the entries of each request in order.
  static Map<Long, List<Entry>> read(Path file) throws IOException {
    Map<Long, List<Entry>> byId = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] column = line.split("\t");
      if (column.length == 4) {
        long id = Long.parseLong(column[2]);
        var entry =
            new Entry(Long.parseLong(column[0]), Integer.parseInt(column[1]), id, column[3]);
        byId.computeIfAbsent(id, any -> new ArrayList<>()).add(entry);
      }
    }
    return byId;
  }
}
