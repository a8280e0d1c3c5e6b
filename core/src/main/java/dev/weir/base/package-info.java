/// What every other package stands on: time as an argument ([Ticker]), checks of values, problems
/// reported all at once ([Problems]), and text that hides secrets and control characters. Start
/// with [Checks] and [UserError].
@NullMarked
package dev.weir.base;

import org.jspecify.annotations.NullMarked;
