package dev.weir.report.compare;

import dev.weir.stats.Comparison;
import dev.weir.stats.Trial;
import java.util.List;
import java.util.Map;

/// Everything to show about a comparison.
///
/// @param title the page's title
/// @param subject what was compared under which load, in one line
/// @param comparison the result of the rounds
/// @param trials every run, in the order they went
/// @param predicted the simulated ratio to the baseline, by variant; empty if there is none
/// @param prediction how it was predicted, or why it was not
/// @param facts settings and versions by name, in the order to show them
/// @param notes what a reader must know before believing the figures
/// @param command the command line that repeats it
public record CompareStory(
    String title,
    String subject,
    Comparison comparison,
    List<Trial> trials,
    Map<String, Double> predicted,
    String prediction,
    Map<String, String> facts,
    List<String> notes,
    String command) {
  public CompareStory {
    trials = List.copyOf(trials);
    predicted = Map.copyOf(predicted);
    notes = List.copyOf(notes);
  }
}
