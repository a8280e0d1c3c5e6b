/// Tests of the package of the same name.
@NullMarked
package dev.weir.cli.balance;

import org.jspecify.annotations.NullMarked;
