package dev.weir.cli.option;

import dev.weir.arrivals.ShapedLaw;
import java.util.ArrayList;
import java.util.List;

/// Completes options that take one of a few words.
public final class WordCompletion {
  private WordCompletion() {}

  /// Of `--metric`.
  public static final class Metrics extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Metrics() {
      super(List.of("cpu", "memory"));
    }
  }

  /// Of `--format`.
  public static final class Formats extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Formats() {
      super(List.of("png", "svg"));
    }
  }

  /// Of `--discipline`.
  public static final class Disciplines extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Disciplines() {
      super(List.of("ps", "fcfs"));
    }
  }

  /// Of `--normal`.
  static final class NormalModes extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    NormalModes() {
      super(List.of("truncate", "fold"));
    }
  }

  /// Of `--limit`.
  public static final class Limits extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Limits() {
      super(List.of("auto", "off"));
    }
  }

  /// Of `--service-law`.
  public static final class ShapedLaws extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    ShapedLaws() {
      super(List.of(ShapedLaw.NAMES.split(", ")));
    }
  }
}
