package dev.weir.sim;

/// How a server divides its cores among the requests it has.
public enum Discipline {
  /// Processor sharing, as threads on an operating system: all progress alike.
  PS,
  /// First come, first served: as many as there are cores progress, the others wait their turn.
  FCFS
}
