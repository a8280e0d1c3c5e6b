package dev.weir.cluster.form;

import dev.weir.cluster.host.Waits;
import dev.weir.cluster.install.InstallException;
import dev.weir.cluster.install.Installer;
import dev.weir.ssh.SshException;
import java.util.List;

/// Gets one machine to a running engine that its account may use.
final class EnginePreparation {
  private final Site site;
  private final Engines engines;
  private final Waits waits;
  private final Watcher watcher;

  EnginePreparation(Site site, Engines engines, Waits waits, Watcher watcher) {
    this.site = site;
    this.engines = engines;
    this.waits = waits;
    this.watcher = watcher;
  }

  /// Does what is missing, and waits until the engine responds.
  void run() throws SshException, InstallException, FormException {
    var installer =
        new Installer(site.host(), site.facts(), words -> watcher.note(site.name(), words), waits);
    List<Step> steps = FormPlan.engine(site);
    for (Step step : steps) {
      watcher.note(step.host(), step.words());
      switch (step) {
        case Step.Install(_, var packages) -> {
          installer.awaitFirstStart();
          installer.install(packages);
        }
        case Step.Start _ -> installer.start();
        default -> {
          engines.forget(site.host());
          installer.allow();
        }
      }
      watcher.done(step);
    }
    engines.await(site.host());
  }
}
