package dev.weir.cluster.form;

import dev.weir.cluster.install.Packages;
import java.util.Map;
import java.util.stream.Collectors;

/// One change on the way to a cluster, or a look at whether it works.
public sealed interface Step {
  /// Where it is done.
  String host();

  /// What is done, in words.
  String words();

  /// How long it takes about, for the time that is left.
  int seconds();

  /// Docker Engine from packages.
  ///
  /// @param site where
  /// @param packages which
  record Install(Site site, Packages packages) implements OfMachine {
    @Override
    public String words() {
      return "install " + packages;
    }

    @Override
    public int seconds() {
      return 40;
    }
  }

  /// The engine runs, now and after each start of the machine.
  ///
  /// @param site where
  record Start(Site site) implements OfMachine {
    @Override
    public String words() {
      return "start Docker Engine";
    }

    @Override
    public int seconds() {
      return 5;
    }
  }

  /// The account may open the engine's socket.
  ///
  /// @param site where
  record Allow(Site site) implements OfMachine {
    @Override
    public String words() {
      return "put %s into the group docker".formatted(site.facts().user());
    }

    @Override
    public int seconds() {
      return 1;
    }
  }

  /// A new swarm.
  ///
  /// @param site its first manager
  record Init(Site site) implements OfMachine {
    @Override
    public String words() {
      return "make a swarm, advertised and with its data path at " + site.address();
    }

    @Override
    public int seconds() {
      return 3;
    }
  }

  /// A machine comes into the swarm.
  ///
  /// @param site which
  record Join(Site site) implements OfMachine {
    @Override
    public String words() {
      return "join as a %s at %s"
          .formatted(site.isManager() ? "manager" : "worker", site.address());
    }

    @Override
    public int seconds() {
      return 4;
    }
  }

  /// Labels of a node.
  ///
  /// @param site which
  /// @param labels the wanted ones
  record Label(Site site, Map<String, String> labels) implements OfMachine {
    @Override
    public String words() {
      return "label "
          + labels.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .sorted()
              .collect(Collectors.joining(", "));
    }

    @Override
    public int seconds() {
      return 1;
    }
  }

  /// All nodes are Ready.
  ///
  /// @param nodes how many
  record Verify(int nodes) implements OfAll {
    @Override
    public String words() {
      return "see %d nodes Ready".formatted(nodes);
    }

    @Override
    public int seconds() {
      return 3;
    }
  }

  /// Large packets pass between nodes.
  ///
  /// @param nodes how many
  record Overlay(int nodes) implements OfAll {
    @Override
    public String words() {
      return "send 9,000 bytes between each two of %d nodes, on an overlay of their own"
          .formatted(nodes);
    }

    @Override
    public int seconds() {
      return 8;
    }
  }

  /// Join tokens that were used stop working.
  record Rotate() implements OfAll {
    @Override
    public String words() {
      return "rotate both join tokens";
    }

    @Override
    public int seconds() {
      return 1;
    }
  }

  /// A step at one machine.
  sealed interface OfMachine extends Step {
    /// Which.
    Site site();

    @Override
    default String host() {
      return site().name();
    }
  }

  /// A step of all machines together.
  sealed interface OfAll extends Step {
    @Override
    default String host() {
      return "all";
    }
  }
}
