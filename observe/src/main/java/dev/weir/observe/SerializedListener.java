package dev.weir.observe;

import dev.weir.run.ContainerSample;

/// Forwards the reports of many threads, one call at a time.
final class SerializedListener implements SampleListener {
  private final SampleListener listener;

  SerializedListener(SampleListener listener) {
    this.listener = listener;
  }

  @Override
  public synchronized void sampled(ContainerSample sample) {
    listener.sampled(sample);
  }

  @Override
  public synchronized void gap(String container, String reason) {
    listener.gap(container, reason);
  }
}
