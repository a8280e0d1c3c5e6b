import java.util.ArrayList;
import java.util.List;

/// One attack or fault of bench/abuse: who attacks, what the replicas do, and what the balancer must
/// achieve.
final class AbuseCase {
  /// What the driver does while the attack runs.
  interface Act {
    void run(Stage stage) throws Exception;
  }

  /// What an act may do.
  interface Stage {
    /// Waits.
    void pause(double seconds) throws InterruptedException;

    /// Sends a replica a command: `kill`, `open`, or `fault NAME`.
    void replica(int number, String command) throws Exception;

    /// Sends a signal to the process of a replica, or to the balancer if the number is negative.
    void signal(int number, String signal) throws Exception;
  }

  final String name;
  final String what;
  String heap = "128m";
  int descriptors;
  double seconds = 6;
  double rate = 50;
  int replicas = 3;
  int delayMillis = 1;
  int slots;
  int head;
  boolean apart;
  boolean haproxy = true;
  boolean served;
  boolean faulty;
  boolean ends;
  boolean deafNames;
  String needs = "";
  final List<String> weir = new ArrayList<>();
  final List<Manner> attack = new ArrayList<>();
  Act act = stage -> {};

  AbuseCase(String name, String what) {
    this.name = name;
    this.what = what;
  }

  /// The JVM's heap, least and most.
  AbuseCase heap(String size) {
    heap = size;
    return this;
  }

  /// What `ulimit -n` allows the balancer.
  AbuseCase descriptors(int most) {
    descriptors = most;
    return this;
  }

  /// How long the attack lasts.
  AbuseCase lasts(double time) {
    seconds = time;
    return this;
  }

  /// Requests of the normal client each second.
  AbuseCase rate(double perSecond) {
    rate = perSecond;
    return this;
  }

  AbuseCase replicas(int count) {
    replicas = count;
    return this;
  }

  /// How many requests a replica may have at once: `--limit`, or HAProxy's maxconn.
  AbuseCase slots(int count) {
    slots = count;
    return this;
  }

  /// How large a head HAProxy must accept, in bytes. Its buffers get twice that; with its default of
  /// 16 kB it refuses what Weir queues.
  AbuseCase head(int bytes) {
    head = bytes;
    return this;
  }

  /// Each replica has a process of its own.
  AbuseCase apart() {
    apart = true;
    return this;
  }

  /// Only Weir runs this case.
  AbuseCase weirOnly() {
    haproxy = false;
    return this;
  }

  /// Normal requests must be served during the attack, even if HAProxy fails to.
  AbuseCase served() {
    served = true;
    return this;
  }

  /// Replicas are to blame for lost requests: none counts against the balancer at its stop.
  AbuseCase faulty() {
    faulty = true;
    return this;
  }

  /// The balancer's process ends during the case, with 0.
  AbuseCase ends() {
    ends = true;
    return this;
  }

  /// The first replica is a name, and the name server does not respond.
  AbuseCase deafNames() {
    deafNames = true;
    return weirOnly();
  }

  /// The case is left out unless `weir balance --help` names this option.
  AbuseCase needs(String option) {
    needs = option;
    return this;
  }

  AbuseCase weir(String... args) {
    weir.addAll(List.of(args));
    return this;
  }

  AbuseCase attackers(Manner... manners) {
    attack.addAll(List.of(manners));
    return this;
  }

  AbuseCase act(Act does) {
    act = does;
    return this;
  }
}
