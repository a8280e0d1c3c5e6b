/// `weir stack`: deploys, lists and removes stacks of services.
///
/// Read [StackCommand] first; [StackDeployCommand] is the only one that changes and waits.
@NullMarked
package dev.weir.cli.stack;

import org.jspecify.annotations.NullMarked;
