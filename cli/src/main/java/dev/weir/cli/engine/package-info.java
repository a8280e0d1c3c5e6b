/// How commands reach a Docker Engine and the agents of a swarm.
///
/// Read [EngineAccess] first: it resolves the Engine from the options and the environment, as the
/// docker command does. [EngineOptions] and [EngineHost] differ in whether `-H` names it.
/// [SamplingOptions] says which source samples containers.
@NullMarked
package dev.weir.cli.engine;

import org.jspecify.annotations.NullMarked;
