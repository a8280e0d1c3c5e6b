package dev.weir.swarm.gate;

import tools.jackson.databind.node.ObjectNode;

/// What a client may change of a service.
sealed interface ServiceChange permits ConsoleChange, CountChange {
  /// The spec in force.
  ObjectNode present();

  /// The present spec with what may change of a posted one, which must not differ in anything else.
  ///
  /// @throws ForbiddenException saying what differs
  ObjectNode next(ObjectNode posted) throws ForbiddenException;
}
