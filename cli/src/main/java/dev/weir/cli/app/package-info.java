/// `weir app`: runs, lists and removes single apps: containers of this machine, or services of one
/// replica on a chosen node.
///
/// Read [AppCommand] first; [AppRunCommand] pulls the image and waits until the app responds.
@NullMarked
package dev.weir.cli.app;

import org.jspecify.annotations.NullMarked;
