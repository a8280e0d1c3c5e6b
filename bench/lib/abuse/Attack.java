import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The clients of one case of bench/abuse, in a process of their own: they have their own
/// descriptors, and their work does not delay what the normal client measures.
///
/// Run as `java Attack CASE SCALE SECONDS PORT ADMIN-PORT`. Says `ready` and begins when it
/// reads `go`. After that time all clients leave; it says `left` and ends. It ends with its parent, too.
final class Attack {
  private Attack() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    AbuseCase each = AbuseCases.named(args[0], Double.parseDouble(args[1]));
    long millis = (long) (Double.parseDouble(args[2]) * 1_000);
    var loop = new Loop("attack");
    List<Gang> gangs =
        each.attack.stream()
            .map(m -> new Gang(loop, m, Integer.parseInt(args[m.admin ? 4 : 3])))
            .toList();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    if (!"go".equals(in.readLine())) {
      return;
    }
    endWithParent(in);
    var left = new CountDownLatch(1);
    loop.execute(() -> {
      gangs.forEach(Gang::start);
      loop.after(
          millis,
          () -> {
            gangs.forEach(Gang::leave);
            gangs.forEach(gang -> System.out.println(gang.summary()));
            left.countDown();
          });
    });
    left.await();
    System.out.println("left");
    System.exit(0);
  }

  private static void endWithParent(BufferedReader in) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (in.readLine() != null) {}
          } catch (IOException e) {
            // The parent is gone either way.
          }
          System.exit(1);
        });
  }
}
