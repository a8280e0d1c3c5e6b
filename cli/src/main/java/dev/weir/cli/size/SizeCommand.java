package dev.weir.cli.size;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.cli.option.ChartFile;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.PromiseConverter;
import dev.weir.cli.runs.RunsFolder;
import dev.weir.scale.Promise;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir size`: the least number of replicas that keeps a promise of latency.
@Command(
    name = "size",
    mixinStandardHelpOptions = true,
    header = "Find the least number of replicas that keeps a promise of latency, and say why.",
    description = {
      "Predicts response times for numbers of replicas from the rate and burstiness of the arrivals",
      "and the mean and spread of the work, as one queue that serves first come, first served. The",
      "figures come from options, from a run, or from a running balancer."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir size --lambda 40 --work-mean 60ms --gap-scv 2 --slo 'p99<300ms'",
      "  weir size weir-4rps --slo 'p99<300ms' --slots 2 --replay",
      "  weir size --status http://127.0.0.1:8001 --chart size.png"
    })
public final class SizeCommand implements Callable<Integer> {
  private static final int REPLICAS_MAX = 10_000;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private RunsFolder runs;

  @Mixin private DemandOptions byHand = new DemandOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "A run's name, or the path of its folder: measure its gaps and response times.")
  private @Nullable String run;

  @HelpSection("Demand")
  @Option(
      names = "--status",
      paramLabel = "URL",
      description = "Ask the balancer whose admin port this is, as in http://127.0.0.1:8001.")
  private @Nullable URI status;

  @HelpSection("Demand")
  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "Which of the balancer's services, if it has several.")
  private @Nullable String service;

  @HelpSection("Sizing")
  @Option(
      names = "--slo",
      paramLabel = "PROMISE",
      converter = PromiseConverter.class,
      description =
          "The latency to keep, as in p99<300ms. Default: that of the balancer's service.")
  private @Nullable Promise slo;

  @HelpSection("Sizing")
  @Option(
      names = "--max",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The most replicas to think of (default: ${DEFAULT-VALUE}).")
  private int max;

  @HelpSection("Sizing")
  @Option(
      names = "--replay",
      description =
          "Also replay the run's requests, after the same gaps and with the same work, with each"
              + " number of replicas.")
  private boolean replay;

  @HelpSection("Output")
  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @HelpSection("Output")
  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Also draw the percentile against the number of replicas: a .png or .svg file.")
  private @Nullable Path chart;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    SizingSubject subject = subject();
    Promise promise = promise(subject);
    Sizing sizing = Sizing.of(subject, promise, max, replay);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(SizingJson.of(sizing));
    } else {
      new SizingText(sizing).lines().forEach(out::println);
    }
    if (chart != null) {
      SizingCurves.write(sizing, chart);
      spec.commandLine().getErr().println("weir: chart in " + chart);
    }
    out.flush();
    return sizing.need().isKept() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void check() {
    var problems = new Problems();
    byHand.check(problems, run != null || status != null);
    problems.check(
        run == null || status == null, "--status", String.valueOf(status), "not beside a RUN");
    problems.check(!replay || run != null, "--replay", "on", "a RUN, whose requests to replay");
    problems.check(max >= 1 && max <= REPLICAS_MAX, "--max", max, "1 to " + REPLICAS_MAX);
    problems.check(slo != null || status != null, "--slo", "missing", Promise.EXPECTED);
    problems.check(
        status == null || isHttp(status),
        "--status",
        String.valueOf(status),
        "an address, as http://127.0.0.1:8001");
    problems.throwIfAny("size");
    if (chart != null) {
      ChartFile.format(chart);
    }
  }

  private static boolean isHttp(URI address) {
    String scheme = address.getScheme();
    return scheme != null
        && scheme.toLowerCase(Locale.ROOT).equals("http")
        && address.getHost() != null;
  }

  private SizingSubject subject() {
    if (run != null) {
      return MeasuredSubjects.of(runs.read(run), byHand);
    }
    return status == null ? byHand.byHand() : MeasuredSubjects.of(status, service, byHand);
  }

  private Promise promise(SizingSubject subject) {
    if (slo != null) {
      return slo;
    }
    return subject
        .promise()
        .orElseThrow(() ->
            new UserError(
                "--slo: missing (expected: %s; the balancer has no promise for the service)"
                    .formatted(Promise.EXPECTED)));
  }
}
