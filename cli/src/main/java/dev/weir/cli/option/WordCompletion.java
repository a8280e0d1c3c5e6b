package dev.weir.cli.option;

import dev.weir.arrivals.ShapedLaw;
import java.util.ArrayList;
import java.util.List;

/// Completes options that take one of a few words.
public final class WordCompletion {
  private WordCompletion() {}

  /// Values of `--metric`.
  public static final class Metrics extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Metrics() {
      super(List.of("cpu", "memory"));
    }
  }

  /// Values of `--format`.
  public static final class Formats extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Formats() {
      super(List.of("png", "svg"));
    }
  }

  /// Values of `--queue`.
  public static final class Queues extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Queues() {
      super(List.of("fifo", "late-last"));
    }
  }

  /// Values of `--discipline`.
  public static final class Disciplines extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Disciplines() {
      super(List.of("ps", "fcfs"));
    }
  }

  /// Values of `--normal`.
  static final class NormalModes extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    NormalModes() {
      super(List.of("truncate", "fold"));
    }
  }

  /// Values of `--limit`.
  public static final class Limits extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Limits() {
      super(List.of("auto", "off"));
    }
  }

  /// Values of `--service-law`.
  public static final class ShapedLaws extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    ShapedLaws() {
      super(List.of(ShapedLaw.NAMES.split(", ")));
    }
  }
}
