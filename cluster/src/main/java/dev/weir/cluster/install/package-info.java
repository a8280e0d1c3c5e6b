/// Docker Engine on a machine that lacks it, by the package manager of its distribution. Start with
/// [dev.weir.cluster.install.Installer].
@NullMarked
package dev.weir.cluster.install;

import org.jspecify.annotations.NullMarked;
