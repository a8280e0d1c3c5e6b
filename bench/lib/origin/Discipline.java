import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;

/// In which order and at which rate a replica serves its requests, in virtual time.
///
/// Its user reports every arrival and asks when the next request ends.
sealed interface Discipline {
  /// Nothing is in service.
  double NEVER = Double.POSITIVE_INFINITY;

  /// A request arrives.
  void arrive(Job job, double nowNanos);

  /// When the next request ends if nothing else happens, or [#NEVER].
  double nextEndNanos();

  /// Takes the request that ends next out of service.
  Job end(double nowNanos);

  /// Work done in a nanosecond by a request that has a core or a slot to itself.
  void rate(double rate, double nowNanos);

  /// Drops all requests.
  void clear();

  /// A request at a replica.
  ///
  /// @param connection which gets the response
  /// @param workNanos its service time at rate 1
  record Job(Connection connection, double workNanos) {}

  /// A job and what it ends at: a time, or an amount of work for each job in service.
  record Due(Job job, double at) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Double.compare(at, other.at);
    }
  }

  /// N at a time in order of arrival; a new rate holds for requests that start from then on.
  final class Slots implements Discipline {
    private final int slots;
    private final Queue<Job> waiting = new ArrayDeque<>();
    private final PriorityQueue<Due> serving = new PriorityQueue<>();
    private double rate = 1;

    Slots(int slots) {
      this.slots = slots;
    }

    @Override
    public void arrive(Job job, double nowNanos) {
      if (serving.size() < slots) {
        serving.add(new Due(job, nowNanos + job.workNanos() / rate));
      } else {
        waiting.add(job);
      }
    }

    @Override
    public double nextEndNanos() {
      return serving.isEmpty() ? NEVER : serving.peek().at();
    }

    /// The next one starts when this one was due to end: a late timer delays no other request.
    @Override
    public Job end(double nowNanos) {
      Due ended = serving.remove();
      Job next = waiting.poll();
      if (next != null) {
        serving.add(new Due(next, ended.at() + next.workNanos() / rate));
      }
      return ended.job();
    }

    @Override
    public void rate(double rate, double nowNanos) {
      this.rate = rate;
    }

    @Override
    public void clear() {
      waiting.clear();
      serving.clear();
    }
  }

  /// All at once, each at the rate min(1, cores / requests); a new rate holds at once.
  ///
  /// All requests progress equally, so one number says how much work each has got since the replica
  /// started, and an arrival never changes which of the others ends next.
  final class Shared implements Discipline {
    private final double cores;
    private final PriorityQueue<Due> serving = new PriorityQueue<>();
    private double rate = 1;
    private double eachNanos;
    private double sinceNanos;

    Shared(double cores) {
      this.cores = cores;
    }

    @Override
    public void arrive(Job job, double nowNanos) {
      advance(nowNanos);
      serving.add(new Due(job, eachNanos + job.workNanos()));
    }

    @Override
    public double nextEndNanos() {
      return serving.isEmpty() ? NEVER : sinceNanos + (serving.peek().at() - eachNanos) / pace();
    }

    @Override
    public Job end(double nowNanos) {
      advance(nextEndNanos());
      return serving.remove().job();
    }

    @Override
    public void rate(double rate, double nowNanos) {
      advance(nowNanos);
      this.rate = rate;
    }

    @Override
    public void clear() {
      serving.clear();
    }

    private double pace() {
      return rate * Math.min(1, cores / Math.max(1, serving.size()));
    }

    private void advance(double nowNanos) {
      eachNanos += Math.max(0, nowNanos - sinceNanos) * pace();
      sinceNanos = Math.max(sinceNanos, nowNanos);
    }
  }
}
