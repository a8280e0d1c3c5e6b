package dev.weir.cluster.doctor.reading;

import dev.weir.cluster.doctor.fact.OpenPort;
import java.io.IOException;
import java.util.List;

/// What the surroundings of the machines let through to them, such as a cloud's security group.
@FunctionalInterface
public interface PortExposure {
  /// All rules that let something in.
  ///
  /// @throws IOException if they cannot be read, with one line that says why
  List<OpenPort> open() throws IOException;
}
