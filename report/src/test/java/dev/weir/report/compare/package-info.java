/// Tests of the page and the chart of a comparison.
@NullMarked
package dev.weir.report.compare;

import org.jspecify.annotations.NullMarked;
