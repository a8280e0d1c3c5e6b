package dev.weir.base;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The host names that a server without a login accepts. This stops DNS rebinding: the owner of a
/// web page can point a name of their own at any address, and the reader's browser then takes the
/// server for the page's own.
///
/// Such a name is below a public top-level domain. So these are always allowed: addresses,
/// `localhost`, names of one label (`balancer`), names with an ending that is not a public domain
/// (`tasks.weir_balancer`, `web.1.x7f3`), and names below the domains reserved for private use.
/// Other names are allowed one by one.
///
/// @param allowed further names, in lower case, without a port; `*` allows all
public record HostNames(Set<String> allowed) {
  /// Those that are always allowed, and no others.
  public static final HostNames PRIVATE = new HostNames(Set.of());

  /// Everything: for servers that authenticate clients by certificate.
  public static final HostNames ANY = new HostNames(Set.of("*"));

  private static final String SHAPE = "\\*|[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?";
  private static final Set<String> PRIVATE_DOMAINS = Set.of("localhost", "local", "internal");

  public HostNames {
    allowed = Set.copyOf(allowed);
  }

  /// These names in addition to those that are always allowed.
  ///
  /// @param setting the option that gave them, for messages
  /// @throws IllegalArgumentException if one is not a host name
  public static HostNames of(String setting, Collection<String> names) {
    for (String name : names) {
      Checks.check(
          name.matches(SHAPE), setting, name, "a host name without a port, as in metrics.example");
    }
    return new HostNames(
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
  }

  /// Whether a request may be served.
  ///
  /// @param host the value of the Host field, with or without a port; empty if it has none, which
  ///   no browser does
  public boolean allow(String host) {
    String name = nameOf(host);
    return name.isEmpty()
        || name.startsWith("[")
        || allowed.contains("*")
        || allowed.contains(name)
        || isPrivate(name);
  }

  private static String nameOf(String host) {
    String lower = host.strip().toLowerCase(Locale.ROOT);
    int colon = lower.lastIndexOf(':');
    String name = colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /// Public top-level domains consist of letters only, or begin with xn--.
  private static boolean isPrivate(String name) {
    List<String> labels = List.of(name.split("\\.", -1));
    String last = labels.getLast();
    return labels.size() == 1
        || PRIVATE_DOMAINS.contains(last)
        || !(last.startsWith("xn--") || last.chars().allMatch(c -> c >= 'a' && c <= 'z'));
  }
}
