package dev.weir.cluster.doctor.finding;

import java.util.List;

/// Something that a check found.
///
/// @param severity how bad it is
/// @param check the name of the check
/// @param subject the node, service, network or pair of nodes
/// @param seen what was seen, in a few words
/// @param why what it leads to
/// @param fix how to mend it, a command or an instruction each; empty if nothing needs to be done
public record Finding(
    Severity severity, String check, String subject, String seen, String why, List<String> fix) {
  /// Copies the list.
  public Finding {
    fix = List.copyOf(fix);
  }
}
