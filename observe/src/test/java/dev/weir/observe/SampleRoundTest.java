package dev.weir.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.ContainerSample;
import dev.weir.testing.FakeTicker;
import dev.weir.testing.Seeds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rounds and their cadence, on virtual time.
final class SampleRoundTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final FakeTicker ticker = new FakeTicker();
  private final SamplerTest.Heard heard = new SamplerTest.Heard();

  /// However long the rounds take, each begins at a multiple of the period; waiting a period after
  /// each would end elsewhere.
  @Test
  void roundsBeginAtMultiplesOfThePeriod() {
    Seeds.forAll(random -> {
      long period = random.nextLong(1, 2_000_000_000L);
      long first = random.nextLong();
      var cadence = new Cadence(first, period);
      long now = first;
      long rounds = 1;
      for (int i = 0; i < 50; i++) {
        now += random.nextLong(3 * period);
        long wait = cadence.untilNextNanos(now);
        assertThat(wait).isBetween(1L, period);
        now += wait;
        rounds += 1 + cadence.takeSkipped();
        assertThat(now - first).isEqualTo((rounds - 1) * period);
      }
    });
  }

  @Test
  void anInstantRoundSkipsNothing() {
    var cadence = new Cadence(0, 1_000);
    assertThat(cadence.untilNextNanos(0)).isEqualTo(1_000);
    assertThat(cadence.untilNextNanos(1_999)).isEqualTo(1);
    assertThat(cadence.takeSkipped()).isZero();
    assertThat(cadence.untilNextNanos(5_500)).isEqualTo(500);
    assertThat(cadence.takeSkipped()).isEqualTo(3);
  }

  @Test
  void aSourceThatFailsIsOneGapUntilItWorksAgain() throws InterruptedException {
    var source = new Scripted();
    SampleRound round = round(source);
    source.then(SamplerTest.sample("a", START));
    source.thenFail("agent does not respond");
    source.thenFail("agent does not respond");
    source.then(SamplerTest.sample("a", START.plusSeconds(3)));
    source.thenFail("agent does not respond");
    for (int i = 0; i < 5; i++) {
      round.run(30);
    }
    assertThat(heard.samples).hasSize(2);
    assertThat(heard.gaps)
        .containsExactly("scripted: agent does not respond", "scripted: agent does not respond");
  }

  @Test
  void aSourceThatIsAddedIsReadFromTheNextRoundOn() throws InterruptedException {
    var first = new Scripted();
    var later = new Scripted();
    SampleRound round = round(first);
    first.then(SamplerTest.sample("a", START));
    first.then(SamplerTest.sample("a", START.plusSeconds(1)));
    later.then(SamplerTest.sample("b", START.plusSeconds(1)));
    round.run(30);
    round.add(later);
    round.run(30);
    assertThat(heard.samples)
        .extracting(ContainerSample::container)
        .containsExactlyInAnyOrder("a", "a", "b");
    assertThat(later.begun).isOne();
    assertThat(heard.gaps).isEmpty();
  }

  @Test
  void aContainerThatIsGoneIsOneGap() throws InterruptedException {
    var source = new Scripted();
    SampleRound round = round(source);
    source.then(SamplerTest.sample("a", START), SamplerTest.sample("b", START));
    source.then(SamplerTest.sample("a", START.plusSeconds(1)));
    source.then(SamplerTest.sample("a", START.plusSeconds(2)));
    for (int i = 0; i < 3; i++) {
      round.run(30);
    }
    assertThat(heard.gaps).containsExactly("b: no longer seen by scripted");
    assertThat(heard.samples).hasSize(4);
  }

  @Test
  void aRepeatedSampleIsLeftOut() throws InterruptedException {
    var source = new Scripted();
    SampleRound round = round(source);
    source.then(SamplerTest.sample("a", START));
    source.then(SamplerTest.sample("a", START));
    source.then(SamplerTest.sample("a", START.plusSeconds(1)));
    for (int i = 0; i < 3; i++) {
      round.run(30);
    }
    assertThat(heard.samples)
        .extracting(ContainerSample::timestamp)
        .containsExactly(START, START.plusSeconds(1));
    assertThat(heard.gaps).isEmpty();
  }

  @Test
  void aTimeThatCannotBeTrueIsLeftOutAndSaidOnce() throws InterruptedException {
    var source = new Scripted();
    SampleRound round = round(source);
    ContainerSample never = SamplerTest.sample("a", Instant.parse("0001-01-01T00:00:00Z"));
    source.then(SamplerTest.sample("a", START), never);
    source.then(never, SamplerTest.sample("a", START.plusSeconds(1)));
    source.then(SamplerTest.sample("a", Instant.MAX));
    source.then(SamplerTest.sample("a", START.plusSeconds(3)));
    for (int i = 0; i < 4; i++) {
      round.run(30);
    }
    assertThat(heard.samples)
        .extracting(ContainerSample::timestamp)
        .containsExactly(START, START.plusSeconds(1), START.plusSeconds(3));
    assertThat(heard.gaps)
        .containsExactly("a: samples of scripted whose timestamp cannot be true are left out");
  }

  @Test
  void missingMemoryIsSaidOnce() throws InterruptedException {
    var source = new Scripted();
    SampleRound round = round(source);
    for (int i = 0; i < 3; i++) {
      source.then(
          new ContainerSample("a", "n", START.plusSeconds(i), 1, -1, -1, -1, -1, "process"));
      round.run(30);
    }
    assertThat(heard.gaps).containsExactly("a: memory is not known to scripted");
  }

  @Test
  void sourcesAreGivenTheClock() throws InterruptedException {
    var source = new Scripted();
    ticker.advance(Duration.ofSeconds(7));
    source.then();
    round(source).run(30);
    assertThat(source.readAt).isEqualTo(START.plusSeconds(7));
  }

  private SampleRound round(SampleSource source) {
    return new SampleRound(List.of(source), heard, () -> START.plusNanos(ticker.nanos()));
  }

  /// A source that gives what a test says, reading by reading.
  private static final class Scripted implements SampleSource {
    private final Deque<Reading> readings = new ArrayDeque<>();
    private Instant readAt = Instant.EPOCH;
    private int begun;

    @Override
    public void begin() {
      assertThat(readAt).isEqualTo(Instant.EPOCH);
      begun++;
    }

    void then(ContainerSample... samples) {
      readings.add(() -> List.of(samples));
    }

    void thenFail(String reason) {
      readings.add(() -> {
        throw new IOException(reason);
      });
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public List<ContainerSample> read(Instant now) throws IOException {
      readAt = now;
      return readings.remove().read();
    }

    /// What one reading gives.
    private interface Reading {
      List<ContainerSample> read() throws IOException;
    }
  }
}
