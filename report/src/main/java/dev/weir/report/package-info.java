/// Runs and comparisons as pictures and pages. A [Report] is one HTML file that loads nothing from
/// the network: [Tables] has its texts, [Payload] the data of its charts. [Charts] draws files of
/// CPU and memory, [CompareReport] a comparison. Start with [Report].
///
/// More than 25 files in one package: pages and charts share names, colours, time axis and formats,
/// and a split would make most of these public.
@NullMarked
package dev.weir.report;

import org.jspecify.annotations.NullMarked;
