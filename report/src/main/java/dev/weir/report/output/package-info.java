/// Writes what a report or a chart is made of: a plot's specification as PNG or SVG ([Painter]),
/// text as HTML ([Html]), the page's own style and scripts ([Resource]), and files ([Output]).
@NullMarked
package dev.weir.report.output;

import org.jspecify.annotations.NullMarked;
