package dev.weir.console.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The pages of one balancer's admin port: over the network, or in this very process. Both give the
/// same text.
@FunctionalInterface
public interface BalancerPages {
  /// The text of a page, such as `/status`; null if there is no such page.
  ///
  /// @throws IOException if it cannot be had, with the reason in one line
  @Nullable String page(String path) throws IOException;
}
