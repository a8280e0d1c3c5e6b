import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/// What the runs of bench/abuse and bench/soak share: where things are, and ports that are free.
///
/// @param work where logs go
/// @param weir the command to try
/// @param scale how many clients attack, as a share of the full number
/// @param brief whether attacks are shorter, and what comes after them
record Setup(Path work, String weir, double scale, boolean brief) {
  private static final int PORT_MIN = 18_000;
  private static final int PORTS = 14_000;
  private static final double BRIEF_PACE = .4;
  private static final java.util.Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  /// How long attacks last, as a share of the full time.
  double pace() {
    return brief ? BRIEF_PACE : 1;
  }

  /// Starts a class of the same class path in a process of its own.
  static List<String> java(String heap, String main, List<String> args) {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + heap));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(args);
    return command;
  }

  /// Returns a port below the range from which the kernel takes those of clients.
  static int freePort() {
    var random = new Random();
    for (int i = 0; i < 200; i++) {
      int port = PORT_MIN + random.nextInt(PORTS);
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        if (TAKEN.add(port)) {
          return port;
        }
      } catch (IOException e) {
        // In use by another process.
      }
    }
    throw new IllegalStateException("no free port from 18000 to 31999 in 200 tries");
  }
}
