package dev.weir.cluster.ec2;

import dev.weir.base.UserError;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The connections to AWS: one region, the SDK's default credentials, and repeated calls.
///
/// The SDK's own retries are off: [Retry] knows for each call whether it may be repeated.
final class Aws implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration RESPONSE = Duration.ofSeconds(60);

  private final Retry retry;
  private final Region region;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Ec2Client ec2;
  private final SsmClient ssm;
  private final StsClient sts;

  /// @param region where, such as eu-central-1
  /// @param endpoint an address instead of AWS's own
  Aws(Region region, Optional<URI> endpoint, Retry retry) {
    this.retry = retry;
    this.region = region;
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(RESPONSE)
            .build();
    this.credentials = DefaultCredentialsProvider.builder().build();
    this.ec2 = built(Ec2Client.builder(), endpoint);
    this.ssm = built(SsmClient.builder(), endpoint);
    this.sts = built(StsClient.builder(), endpoint);
  }

  /// The region of the option, or else of AWS_REGION, or else of the profile.
  static Region region(Optional<String> option) {
    try {
      return option
          .map(Region::of)
          .orElseGet(() ->
              new AwsRegionProviderChain(
                      new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                  .getRegion());
    } catch (SdkClientException e) {
      throw new UserError(
          "--region: not given (expected: a region such as eu-central-1, there, in AWS_REGION or in"
              + " your profile)",
          e);
    }
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C built(
      B builder, Optional<URI> endpoint) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  String regionName() {
    return region.id();
  }

  Ec2Client ec2() {
    return ec2;
  }

  SsmClient ssm() {
    return ssm;
  }

  StsClient sts() {
    return sts;
  }

  /// Makes a call, again if need be.
  ///
  /// @param action what it is called in messages, such as `ec2 DescribeVpcs`
  /// @throws Ec2Exception if it fails for good
  <T> T call(String action, Supplier<T> call, AwsProblem... also) throws Ec2Exception {
    try {
      return retry.call(call, also);
    } catch (SdkException e) {
      throw AwsErrors.of(action, e);
    }
  }

  /// The same, for callers that handle failures themselves.
  <T> T tried(Supplier<T> call, AwsProblem... also) throws Ec2Exception {
    return retry.call(call, also);
  }

  @Override
  public void close() {
    ec2.close();
    ssm.close();
    sts.close();
    http.close();
  }
}
