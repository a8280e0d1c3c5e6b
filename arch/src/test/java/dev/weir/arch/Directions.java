package dev.weir.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which package may see which, and which module owns which foreign library.
final class Directions {
  private static final String ROOT = "dev.weir.";

  /// Packages that every module may see: those of core, and the ways to connect: tls and ssh.
  private static final Set<String> CORE =
      Set.of("base", "arrivals", "balance", "run", "scale", "stats", "tls", "ssh");

  /// Sideways modules do not know one another; lab, cluster, console and cli join them.
  private static final Set<String> SIDEWAYS =
      Set.of("sim", "load", "proxy", "observe", "store", "swarm", "report", "sample", "term");

  /// The upper floors: cli sees lab, cluster and console, which see neither it nor each other.
  private static final Set<String> UPPER = Set.of("lab", "cluster", "console", "cli");

  /// Each foreign library and the modules that may import it: one, except of JSON, which is what
  /// the Engine, cAdvisor and our own run folders all speak, and of YAML, which a test of proxy
  /// reads.
  private static final Map<String, Set<String>> OWNERS =
      Map.ofEntries(
          Map.entry("io.netty..", Set.of("proxy", "console")),
          Map.entry("io.prometheus..", Set.of("proxy")),
          Map.entry("org.HdrHistogram..", Set.of("load")),
          Map.entry("tools.jackson..", Set.of("store", "swarm", "observe", "cluster", "console")),
          Map.entry("com.ethlo.time..", Set.of("store")),
          Map.entry("com.mongodb..", Set.of("store")),
          Map.entry("org.bson..", Set.of("store")),
          Map.entry("org.bouncycastle..", Set.of("tls")),
          Map.entry("org.snakeyaml..", Set.of("swarm", "proxy")),
          Map.entry("picocli..", Set.of("cli")),
          Map.entry("org.jetbrains.letsPlot..", Set.of("report")),
          Map.entry("ar.com.hjg.pngj..", Set.of("report")),
          Map.entry("org.apache.batik..", Set.of("report")),
          Map.entry("software.amazon.awssdk..", Set.of("cluster")),
          Map.entry("org.apache.catalina..", Set.of("sample")),
          Map.entry("org.apache.hc..", Set.of("swarm")));

  private Directions() {}

  /// Every direction as a rule of its own, so that a failure names the arrow.
  static List<ArchRule> rules() {
    var rules = new ArrayList<ArchRule>();
    rules.add(slices().matching(ROOT + "(*)..").should().beFreeOfCycles().allowEmptyShould(true));
    rules.add(coreSeesOnlyCore());
    SIDEWAYS.stream().sorted().map(Directions::alone).forEach(rules::add);
    rules.add(labIsBelowCli());
    rules.add(clusterSeesSwarmAlone());
    rules.add(consoleSeesItsSourcesAlone());
    OWNERS.forEach((library, owner) -> rules.add(ownedBy(library, owner)));
    rules.add(sampleSeesNothingOfOurs());
    return rules;
  }

  private static ArchRule coreSeesOnlyCore() {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(CORE.stream()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(Stream.concat(SIDEWAYS.stream(), UPPER.stream())))
        .because("arrows point down: core knows no module above it");
  }

  private static ArchRule labIsBelowCli() {
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "lab..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(Stream.of("cli", "cluster", "console", "proxy", "sample")))
        .because("experiments know neither the commands nor the balancer that they measure");
  }

  private static ArchRule consoleSeesItsSourcesAlone() {
    var hidden = new TreeSet<>(SIDEWAYS);
    hidden.removeAll(Set.of("swarm", "observe"));
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages(Stream.concat(hidden.stream(), Stream.of("lab", "cluster", "cli"))))
        .because("the console reads managers, balancers and agents over the network alone");
  }

  private static ArchRule clusterSeesSwarmAlone() {
    var hidden = new TreeSet<>(SIDEWAYS);
    hidden.remove("swarm");
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages(Stream.concat(hidden.stream(), Stream.of("lab", "console", "cli"))))
        .because("a cluster is machines and the Engine's API: no load, no balancer, no commands");
  }

  private static ArchRule alone(String module) {
    var others = new TreeSet<>(SIDEWAYS);
    others.addAll(UPPER);
    others.remove(module);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(others.stream()))
        .because(
            "sideways modules do not know one another; lab, cluster, console and cli join them");
  }

  private static ArchRule ownedBy(String library, Set<String> owners) {
    return noClasses()
        .that()
        .resideInAPackage("dev.weir..")
        .and()
        .resideOutsideOfPackages(packages(owners.stream()))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("a foreign library is imported by its owners alone: " + new TreeSet<>(owners));
  }

  private static ArchRule sampleSeesNothingOfOurs() {
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "sample..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(CORE.stream()))
        .because("the sample stands for a user's app");
  }

  private static String[] packages(Stream<String> names) {
    return names.map(name -> ROOT + name + "..").toArray(String[]::new);
  }
}
