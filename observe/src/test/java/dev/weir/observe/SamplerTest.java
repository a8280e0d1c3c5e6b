package dev.weir.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.run.ContainerSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Real processes sampled on a real clock.
final class SamplerTest {
  private static final Duration FAST = Duration.ofMillis(50);
  private static final long PATIENCE_SECONDS = 30;

  @Test
  void samplesAtEitherEnd() throws Exception {
    try (Worker worker = Worker.start()) {
      worker.report("burn 1");
      var heard = new Heard();
      var source = ProcessSampler.of("web", "node-1", worker.pid());
      Sampler sampler = Sampler.start(Duration.ofHours(1), List.of(source), heard);
      assertThat(heard.samples).hasSize(1);
      worker.report("burn 200");
      sampler.close();
      sampler.close();
      List<ContainerSample> samples = List.copyOf(heard.samples);
      assertThat(samples).hasSize(2);
      assertThat(samples.get(1).timestamp()).isAfter(samples.get(0).timestamp());
      assertThat(samples.get(1).cpuTotalNanos()).isGreaterThan(samples.get(0).cpuTotalNanos());
    }
  }

  @Test
  void aKilledProcessIsOneGapAndTheOthersGoOn() throws Exception {
    try (Worker doomed = Worker.start();
        Worker other = Worker.start()) {
      doomed.report("burn 1");
      other.report("burn 1");
      var heard = new Heard();
      var sources =
          List.of(
              ProcessSampler.of("doomed", "node-1", doomed.pid()),
              ProcessSampler.of("other", "node-1", other.pid()));
      try (Sampler _ = Sampler.start(FAST, sources, heard)) {
        doomed.kill();
        String gap = "doomed: process %d has ended".formatted(doomed.pid());
        assertThat(heard.gaps.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(gap);
        heard.samples.clear();
        for (int i = 0; i < 5; i++) {
          ContainerSample sample = heard.samples.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
          assertThat(sample).isNotNull().extracting(ContainerSample::container).isEqualTo("other");
        }
      }
      assertThat(heard.gaps).noneMatch(gap -> gap.startsWith("doomed"));
    }
  }

  /// A sampler that waits a period after each reading drifts by the reading's length each time:
  /// here by half a period. The third of a period allowed is what a noisy machine may add.
  @Test
  void doesNotDrift() throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(3));
    var heard = new Heard();
    SampleSource slow =
        source(now -> {
          long until = System.nanoTime() + FAST.toNanos() / 2;
          while (System.nanoTime() < until) {
            Thread.onSpinWait();
          }
          return sample("web", now);
        });
    var samples = new ArrayList<ContainerSample>();
    try (Sampler _ = Sampler.start(FAST, List.of(slow), heard)) {
      while (Instant.now().isBefore(end)) {
        samples.add(heard.samples.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
    }
    double[] gaps =
        IntStream.range(1, samples.size())
            .mapToObj(
                i -> Duration.between(samples.get(i - 1).timestamp(), samples.get(i).timestamp()))
            .mapToDouble(Duration::toNanos)
            .sorted()
            .toArray();
    assertThat(gaps[gaps.length / 2] / FAST.toNanos()).isBetween(0.67, 1.33);
  }

  @Test
  void aSourceThatBreaksDownDoesNotEndTheRounds() throws Exception {
    var breaks = new AtomicBoolean();
    var heard = new Heard();
    SampleSource fragile =
        source(now -> {
          if (breaks.get()) {
            throw new IllegalArgumentException("a defect");
          }
          return sample("web", now);
        });
    try (Sampler _ = Sampler.start(FAST, List.of(fragile), heard)) {
      breaks.set(true);
      assertThat(heard.gaps.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("a defect");
      breaks.set(false);
      heard.samples.clear();
      assertThat(heard.samples.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }
  }

  /// A node that hangs takes nothing from the others, and is not asked again meanwhile.
  @Test
  void aSourceThatHangsHoldsUpNoOther() throws Exception {
    var release = new CountDownLatch(1);
    var reads = new AtomicInteger();
    var reading = new AtomicInteger();
    var together = new AtomicInteger();
    var heard = new Heard();
    SampleSource hanging =
        source(now -> {
          together.accumulateAndGet(reading.incrementAndGet(), Math::max);
          if (reads.incrementAndGet() == 2) {
            await(release);
          }
          reading.decrementAndGet();
          return sample("hanging", now);
        });
    SampleSource other = source(now -> sample("other", now));
    try (Sampler _ = Sampler.start(FAST, List.of(hanging, other), heard)) {
      assertThat(heard.gaps.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isEqualTo("fake: reading is slower than the cadence: rounds are skipped");
      heard.samples.clear();
      for (int i = 0; i < 10; i++) {
        assertThat(heard.samples.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .isNotNull()
            .extracting(ContainerSample::container)
            .isEqualTo("other");
      }
      assertThat(reads).hasValue(2);
      release.countDown();
      while (!heard.samples.take().container().equals("hanging")) {}
    } finally {
      release.countDown();
    }
    assertThat(together).hasValue(1);
  }

  /// Sources report at once; the listener is called once at a time.
  @Test
  void theListenerIsReportedOneThingAtATime() {
    var reporting = new AtomicInteger();
    var together = new AtomicInteger();
    var heard =
        new Heard() {
          @Override
          public void sampled(ContainerSample sample) {
            together.accumulateAndGet(reporting.incrementAndGet(), Math::max);
            for (int i = 0; i < 10_000; i++) {
              Thread.onSpinWait();
            }
            reporting.decrementAndGet();
            super.sampled(sample);
          }
        };
    List<SampleSource> many =
        IntStream.range(0, 200).mapToObj(i -> source(now -> sample("c" + i, now))).toList();
    Sampler.start(Duration.ofHours(1), many, heard).close();
    assertThat(heard.samples).hasSize(400);
    assertThat(together).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void refusesAnImpossibleCadence() {
    assertThatThrownBy(() -> Sampler.start(Duration.ZERO, List.of(), new Heard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cadence: PT0S (expected: >= PT0.01S)");
  }

  static ContainerSample sample(String container, Instant at) {
    return new ContainerSample(container, "node-1", at, 1, 1, 0, 1, 1, "test");
  }

  private static SampleSource source(Function<Instant, ContainerSample> read) {
    return new SampleSource() {
      @Override
      public String name() {
        return "fake";
      }

      @Override
      public List<ContainerSample> read(Instant now) {
        return List.of(read.apply(now));
      }
    };
  }

  /// Keeps what it hears, for another thread to wait on.
  static class Heard implements SampleListener {
    final BlockingQueue<ContainerSample> samples = new LinkedBlockingQueue<>();
    final BlockingQueue<String> gaps = new LinkedBlockingQueue<>();

    @Override
    public void sampled(ContainerSample sample) {
      samples.add(sample);
    }

    @Override
    public void gap(String container, String reason) {
      gaps.add(container + ": " + reason);
    }
  }
}
