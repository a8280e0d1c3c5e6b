/// What every other package stands on: time as an argument, checks of values, and problems reported
/// all at once.
@NullMarked
package dev.weir.base;

import org.jspecify.annotations.NullMarked;
