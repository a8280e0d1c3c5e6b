package dev.weir.scale;

import dev.weir.scale.Decision.Outlook;

/// Decides how many replicas a service should have: every two seconds, and at once when a request
/// arrives while there is none.
///
/// A state machine without clock or I/O: the shell observes, and carries out what is decided. Not
/// safe for use by several threads at once.
public final class Scaler {
  /*
   * The rate with its uncertainty gives the base. Only that is held for long. A trend and a backlog
   * are guesses about the next seconds; held as long, each guess would cost minutes of replicas.
   * Nothing delays going up: a replica that is late costs promises, one that is early only seconds.
   */
  /// How often to decide.
  public static final double TICK_SECONDS = 2;

  private static final double GUESS_SECONDS = 20;
  private static final double IDLE_SECONDS_MIN = 60;

  /*
   * Whoever lowers a count by hand means it, but may not see what follows: after two minutes the
   * promise counts again. A deploy that resets a count means nothing by it.
   */
  private static final double HAND_SECONDS = 120;

  private final HeldMaximum trend = new HeldMaximum(GUESS_SECONDS);
  private final HeldMaximum backlog = new HeldMaximum(GUESS_SECONDS);
  private final WorkCorrection correction = new WorkCorrection();
  private ScaleSettings settings;
  private Hold base;
  private final ForeignChange foreign = new ForeignChange();
  private final PendingReplicas pending = new PendingReplicas();
  private int humanCount;
  private long humanNanos;
  private boolean isByHand;

  /// One that has decided nothing yet.
  public Scaler(ScaleSettings settings) {
    this.settings = settings;
    this.base = new Hold(settings.holdSeconds());
  }

  /// Goes on with other settings. What was seen of the service, and of others who set its count,
  /// stays known.
  public void become(ScaleSettings next) {
    settings = next;
    base = base.lasting(next.holdSeconds());
  }

  /// How many replicas the service should have now.
  public Decision decide(Observation now) {
    noteForeignChange(now);
    pending.note(now.desired() - now.load().ready(), now.nowNanos());
    WorkLaw work = now.isKnown() ? now.load().work() : null;
    Decision decided = work == null ? decideBlindly(now) : decide(now, work);
    foreign.ask(decided.replicas(), now.nowNanos());
    return decided;
  }

  private Decision decideBlindly(Observation now) {
    var terms = new Terms(0, 0, 0, 0, human(now));
    Choice choice = choose(now, terms);
    return decision(now, choice, terms, Outlook.UNKNOWN);
  }

  private Decision decide(Observation now, WorkLaw work) {
    var needs = new NeedTerms(settings, now, work, correction.factor());
    Terms terms = terms(now, needs);
    Choice choice = choose(now, terms);
    Decision decided = decision(now, choice, terms, needs.outlook(choice.replicas()));
    boolean isEnough = now.load().ready() >= now.desired() && terms.base() <= now.load().ready();
    correction.note(now.load().waitSeconds(), settings.promise().seconds(), isEnough);
    return decided;
  }

  private Decision decision(Observation now, Choice choice, Terms terms, Outlook outlook) {
    return new Decision(
        now,
        settings.promise(),
        settings.aim(),
        choice.replicas(),
        choice.term(),
        terms,
        correction.factor(),
        outlook);
  }

  private Terms terms(Observation now, NeedTerms needs) {
    long nanos = now.nowNanos();
    int present = needs.base();
    return new Terms(
        present,
        trend.note(needs.trend(), nanos),
        backlog.note(needs.backlog(pending.readySeconds(now.coldStartSeconds(), nanos)), nanos),
        base.note(present, now.desired(), nanos),
        human(now));
  }

  private Choice choose(Observation now, Terms terms) {
    if (now.desired() == 0 && settings.min() > 0 && !foreign.isOwn()) {
      return new Choice(0, Term.HUMAN); // someone stopped the service
    }
    boolean isIdle = settings.min() == 0 && isIdle(now, terms);
    if (isIdle) {
      return new Choice(0, Term.IDLE);
    }
    Term bound = now.desired() == 0 && settings.min() == 0 ? Term.WAKE : Term.FLOOR;
    return new Choice(terms.base(), Term.BASE)
        .or(terms.trend(), Term.TREND)
        .or(terms.backlog(), Term.BACKLOG)
        .or(terms.held(), Term.HOLD)
        .or(terms.human(), Term.HUMAN)
        .or(maySink(now) ? 0 : now.desired(), Term.STALE)
        .atMost(handLimit(now), Term.HUMAN)
        .or(Math.max(1, settings.min()), bound)
        .atMost(settings.max(), Term.CAP);
  }

  private static boolean isIdle(Observation now, Terms terms) {
    if (now.desired() == 0) {
      return now.load().queued() == 0;
    }
    boolean isLong = now.load().idleSeconds() >= idleSecondsMax(now);
    return isLong && now.isCurrent() && terms.human() == 0;
  }

  /// Whether enough is known to go down. Of a service that nothing has used for as long as a fall
  /// is held, the work need not be known.
  private boolean maySink(Observation now) {
    double unusedSeconds = Math.max(IDLE_SECONDS_MIN, settings.holdSeconds());
    return now.isCurrent() && (now.isKnown() || now.load().idleSeconds() >= unusedSeconds);
  }

  /// How long an idle service keeps its replicas: as long as one cold start lasts, so that waiting
  /// in vain costs no more than starting in vain (the ski rental problem), and at least a minute.
  private static double idleSecondsMax(Observation now) {
    return Math.max(IDLE_SECONDS_MIN, now.coldStartSeconds());
  }

  private void noteForeignChange(Observation now) {
    ForeignChange.By by = foreign.note(now.desired(), now.mark(), now.nowNanos());
    if (by != ForeignChange.By.NOBODY_ELSE) {
      isByHand = by == ForeignChange.By.HAND;
      humanCount = now.desired();
      humanNanos = now.nowNanos();
      base.forget();
      trend.forget();
      backlog.forget();
    }
  }

  private int human(Observation now) {
    return now.nowNanos() - humanNanos < settings.humanSeconds() * 1e9 ? humanCount : 0;
  }

  /// The most that someone who lowered the count by hand wants for now.
  private int handLimit(Observation now) {
    double lasts = Math.min(HAND_SECONDS, settings.humanSeconds());
    boolean isHeld = isByHand && now.nowNanos() - humanNanos < lasts * 1e9;
    return isHeld ? humanCount : Integer.MAX_VALUE;
  }

  /// A number of replicas, and what asks for it.
  private record Choice(int replicas, Term term) {
    Choice or(int other, Term its) {
      return other > replicas ? new Choice(other, its) : this;
    }

    Choice atMost(int max, Term its) {
      return replicas > max ? new Choice(max, its) : this;
    }
  }
}
