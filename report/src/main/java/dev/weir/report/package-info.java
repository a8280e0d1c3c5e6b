/// Series drawn as charts and as one self-contained page.
///
/// One room although it has more than 25 files: pages and charts draw the same series and figures,
/// and three quarters of the classes are known inside only.
@NullMarked
package dev.weir.report;

import org.jspecify.annotations.NullMarked;
