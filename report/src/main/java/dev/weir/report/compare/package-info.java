/// A comparison of several variants over several rounds, as one chart and one page. Start with
/// [CompareReport].
@NullMarked
package dev.weir.report.compare;

import org.jspecify.annotations.NullMarked;
