package dev.weir.cluster.ec2;

import dev.weir.base.Visible;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// Turns failures of AWS into one line with what to do.
final class AwsErrors {
  private AwsErrors() {}

  /// @param action what was called, such as `ec2 RunInstances`
  static Ec2Exception of(String action, SdkException failure) {
    String said = said(failure);
    String text =
        switch (AwsProblem.of(failure)) {
          case CREDENTIALS ->
              "%s: %s (expected: credentials of AWS in the environment, a profile, single sign-on"
                  + " or an instance's role; try: aws sts get-caller-identity)";
          case DENIED ->
              "%s: %s (expected: a right to do so; docs/cluster-ec2.md has a policy with all that"
                  + " are needed)";
          case THROTTLED ->
              "%s: %s, again and again (another program may be asking AWS too often; run the"
                  + " command again later, it goes on where it stopped)";
          case LOST ->
              "%s: %s (expected: an endpoint of AWS that can be reached; run the command again, it"
                  + " goes on where it stopped)";
          case NOT_YET ->
              "%s: %s (made or named, but not found; run the command again in a minute)";
          case LIMIT ->
              "%s: %s (expected: a quota that allows it; have fewer or smaller machines, or ask AWS"
                  + " for more under Service Quotas)";
          default -> "%s: %s";
        };
    return new Ec2Exception(text.formatted(action, said), failure);
  }

  static String said(SdkException failure) {
    if (failure instanceof AwsServiceException service && !AwsProblem.code(service).isEmpty()) {
      return Visible.shortLine(
          "%s: %s".formatted(AwsProblem.code(service), service.awsErrorDetails().errorMessage()));
    }
    return Visible.shortLine(String.valueOf(failure.getMessage()));
  }
}
