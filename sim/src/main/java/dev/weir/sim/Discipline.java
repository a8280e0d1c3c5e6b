package dev.weir.sim;

/// How a server divides its cores among its requests.
public enum Discipline {
  /// Processor sharing, like threads of an operating system: all progress alike.
  PS,
  /// First come, first served: one request per core progresses, the others wait.
  FCFS
}
