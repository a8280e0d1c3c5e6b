/// Runs as pictures and pages. A [Report] is one HTML file that asks the network for nothing:
/// [Tables] holds its words, [Payload] the figures of its charts. [Charts] draws files of CPU and
/// memory. Start with [Report].
///
/// Pages and charts stay in one package: they share names, colours, the time axis and the series of
/// figures, and a cut between them would make eight more of these types public.
@NullMarked
package dev.weir.report;

import org.jspecify.annotations.NullMarked;
