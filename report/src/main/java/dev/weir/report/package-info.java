/// Runs and comparisons as pictures and pages. A [Report] is one HTML file that asks the network
/// for nothing: [Tables] holds its words, [Payload] the figures of its charts. [Charts] draws files
/// of CPU and memory, [CompareReport] a comparison. Start with [Report].
///
/// More than 25 files in one room: pages and charts share names, colours, time axis and formats,
/// and a cut between them would make most of these public.
@NullMarked
package dev.weir.report;

import org.jspecify.annotations.NullMarked;
