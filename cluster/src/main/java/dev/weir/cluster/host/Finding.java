package dev.weir.cluster.host;

/// One thing that a check found on a machine.
///
/// @param host the machine, or a pair `a -> b`
/// @param check what was looked at, in one word or two
/// @param severity how bad it is
/// @param found what was there
/// @param fix what to do; empty if nothing is to be done
public record Finding(String host, String check, Severity severity, String found, String fix) {
  /// How bad a finding is.
  public enum Severity {
    /// As it should be.
    OK,
    /// Worth knowing.
    NOTE,
    /// Could not be found out.
    UNKNOWN,
    /// Works, and may cause trouble.
    WARNING,
    /// Does not work: nothing is changed while there is one.
    FAULT
  }

  /// Something in order.
  public static Finding ok(String host, String check, String found) {
    return new Finding(host, check, Severity.OK, found, "");
  }

  /// Something worth knowing.
  public static Finding note(String host, String check, String found) {
    return new Finding(host, check, Severity.NOTE, found, "");
  }

  /// Something that could not be found out.
  public static Finding unknown(String host, String check, String found, String fix) {
    return new Finding(host, check, Severity.UNKNOWN, found, fix);
  }

  /// Something that may cause trouble.
  public static Finding warning(String host, String check, String found, String fix) {
    return new Finding(host, check, Severity.WARNING, found, fix);
  }

  /// Something that must be mended first.
  public static Finding fault(String host, String check, String found, String fix) {
    return new Finding(host, check, Severity.FAULT, found, fix);
  }

  /// Whether it must be mended first.
  public boolean isFault() {
    return severity == Severity.FAULT;
  }
}
