package dev.weir.cluster.doctor.finding;

import java.util.ArrayList;
import java.util.List;

/// Collects what one check finds and what it cannot see. Not thread-safe.
public final class Findings {
  private final String check;
  private final List<Finding> found = new ArrayList<>();
  private final List<Unseen> unseen = new ArrayList<>();

  /// For the check of that name.
  public Findings(String check) {
    this.check = check;
  }

  /// Something that does not work, or that gives the swarm away.
  public void critical(String subject, String seen, String why, String... fix) {
    add(Severity.CRITICAL, subject, seen, why, fix);
  }

  /// Something that will fail, or works only by luck.
  public void warning(String subject, String seen, String why, String... fix) {
    add(Severity.WARNING, subject, seen, why, fix);
  }

  /// Something worth knowing.
  public void note(String subject, String seen, String why, String... fix) {
    add(Severity.NOTE, subject, seen, why, fix);
  }

  /// A finding of the given severity.
  public void add(Severity severity, String subject, String seen, String why, String... fix) {
    found.add(new Finding(severity, check, subject, seen, why, List.of(fix)));
  }

  /// Something that the check could not look at.
  public void unseen(String subject, String why) {
    unseen.add(new Unseen(check, subject, why));
  }

  /// The findings, in the order in which they were added.
  public List<Finding> found() {
    return List.copyOf(found);
  }

  /// What the check could not look at.
  public List<Unseen> unseen() {
    return List.copyOf(unseen);
  }
}
