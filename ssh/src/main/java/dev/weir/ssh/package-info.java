/// SSH through the OpenSSH client of this machine, so that its configuration, agents and keys work
/// as users know them. Start with `SshSession`.
@NullMarked
package dev.weir.ssh;

import org.jspecify.annotations.NullMarked;
