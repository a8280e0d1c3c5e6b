/// Tests of charts and the page.
@NullMarked
package dev.weir.report;

import org.jspecify.annotations.NullMarked;
