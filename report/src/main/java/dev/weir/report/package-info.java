/// Series drawn as charts and as one self-contained page.
@NullMarked
package dev.weir.report;

import org.jspecify.annotations.NullMarked;
