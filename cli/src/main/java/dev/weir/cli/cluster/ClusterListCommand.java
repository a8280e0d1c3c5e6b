package dev.weir.cli.cluster;

import dev.weir.base.JsonText;
import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.term.Terminal;
import dev.weir.term.TextTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `weir cluster ls`.
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    header = "List the clusters that this account has made.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster ls", "  weir cluster ls --json"})
final class ClusterListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    ClusterStore store = ClusterStore.of(System.getenv(), Path.of(System.getProperty("user.home")));
    List<ClusterRecord> all =
        store.names().stream().flatMap(name -> store.find(name).stream()).toList();
    if (json) {
      terminal.print(JsonText.of(all.stream().map(ClusterListCommand::tree).toList()).strip());
    } else if (all.isEmpty()) {
      terminal.print("no clusters yet (to make one: weir cluster up --ssh HOST,HOST,HOST)");
    } else {
      var table = new TextTable("NAME", "PROVIDER", "MANAGERS", "WORKERS", "NODES");
      all.forEach(one -> add(table, one));
      table.lines().forEach(terminal::print);
    }
    return ExitCode.OK;
  }

  private static void add(TextTable table, ClusterRecord one) {
    int managers = one.managers().size();
    table.add(
        one.name(),
        provider(one),
        "" + managers,
        "" + (one.nodes().size() - managers),
        one.nodes().stream().map(NodeRecord::name).collect(Collectors.joining(", ")));
  }

  private static Map<String, Object> tree(ClusterRecord one) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", one.name());
    tree.put("provider", provider(one));
    tree.put("nodes", ClusterTables.tree(one));
    return tree;
  }

  private static String provider(ClusterRecord one) {
    return one.provider().name().toLowerCase(Locale.ROOT);
  }
}
