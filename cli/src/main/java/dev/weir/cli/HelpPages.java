package dev.weir.cli;

import dev.weir.cli.option.HelpSection;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The look of every command's `--help`: a short synopsis, and options under headings.
final class HelpPages {
  /// Wide enough for a whole example line, and for two columns of text.
  private static final int WIDTH = 100;

  private static final String GENERAL = "General";

  private HelpPages() {}

  /// Gives a command and all below it this look.
  static void apply(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.usageMessage()
        .width(WIDTH)
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .optionListHeading("%n")
        .parameterListHeading("%n");
    if (spec.usageMessage().customSynopsis().length == 0) {
      spec.usageMessage().customSynopsis(synopsis(spec));
    }
    if (spec.userObject() instanceof CommandLine.HelpCommand && spec.parent() != null) {
      String example =
          "%s EXAMPLE"
              .formatted(spec.qualifiedName())
              .replace("EXAMPLE", spec.parent().parent() == null ? "load" : "show");
      spec.usageMessage()
          .header("Show the help of a command.")
          .description("The same as COMMAND --help.")
          .footerHeading("%nExamples:%n")
          .footer("  " + example);
    }
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPages::options);
    command.getSubcommands().values().forEach(HelpPages::apply);
  }

  /// Names the required parameters; all options are one word.
  private static String synopsis(CommandSpec spec) {
    var words = new StringBuilder(spec.qualifiedName());
    spec.options().stream()
        .filter(OptionSpec::required)
        .forEach(option ->
            words
                .append(' ')
                .append(option.longestName())
                .append('=')
                .append(option.paramLabel())
                .append(option.isMultiValue() ? "..." : ""));
    words.append(" [OPTIONS]");
    spec.positionalParameters()
        .forEach(positional ->
            words
                .append(' ')
                .append(positional.paramLabel())
                .append(positional.isMultiValue() ? "..." : ""));
    if (!spec.subcommands().isEmpty()) {
      words.append(" COMMAND");
    }
    return words.toString().replace("%", "%%");
  }

  private static String options(Help help) {
    List<OptionSpec> shown =
        help.commandSpec().options().stream().filter(option -> !option.hidden()).toList();
    var text = new StringBuilder();
    sections(help.commandSpec(), shown)
        .forEach((heading, options) -> {
          if (options.size() < shown.size()) {
            text.append("%s%s:%n".formatted(text.isEmpty() ? "" : "%n".formatted(), heading));
          }
          // One width for all sections, so that they line up.
          Help.Layout layout = help.createDefaultLayout(shown, List.of(), help.colorScheme());
          layout.addAllOptions(options, help.parameterLabelRenderer());
          text.append(layout);
        });
    return text.toString();
  }

  private static Map<String, List<OptionSpec>> sections(CommandSpec spec, List<OptionSpec> shown) {
    var sections = new LinkedHashMap<String, List<OptionSpec>>();
    var general = new ArrayList<OptionSpec>();
    for (OptionSpec option : shown) {
      if (isGeneral(option)) {
        general.add(option);
      } else {
        sections.computeIfAbsent(heading(option), _ -> new ArrayList<>()).add(option);
      }
    }
    sections.put(sections.isEmpty() || spec.parent() == null ? "Options" : GENERAL, general);
    return sections;
  }

  /// Whether every command has this option.
  static boolean isGeneral(OptionSpec option) {
    return option.usageHelp()
        || option.versionHelp()
        || option.inherited()
        || option.longestName().equals("--debug");
  }

  private static String heading(OptionSpec option) {
    if (option.userObject() instanceof Field field) {
      HelpSection own = field.getAnnotation(HelpSection.class);
      HelpSection shared = field.getDeclaringClass().getAnnotation(HelpSection.class);
      if (own != null || shared != null) {
        return own != null ? own.value() : shared.value();
      }
    }
    return "Options";
  }
}
