package dev.weir.cluster.ec2;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// What went wrong with a call, as far as it decides what to do next.
enum AwsProblem {
  /// Asked too often: ask again, later.
  THROTTLED,
  /// The connection broke, or the service failed: nobody knows whether the call was carried out.
  LOST,
  /// What was made a moment ago is not visible everywhere.
  NOT_YET,
  /// It is there already.
  DUPLICATE,
  /// It is in use by something that is about to end.
  IN_USE,
  /// No machine of this type is free in this zone.
  NO_CAPACITY,
  /// The account may not have more machines.
  LIMIT,
  /// The token belongs to a machine that was terminated.
  TOKEN_USED,
  /// The credentials are missing, wrong or too old.
  CREDENTIALS,
  /// The credentials lack a right.
  DENIED,
  /// Anything else.
  OTHER;

  private static final Set<String> THROTTLES =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestLimitExceeded",
          "RequestThrottled",
          "RequestThrottledException",
          "TooManyRequestsException",
          "EC2ThrottledException",
          "SlowDown");
  private static final Set<String> NO_LOGIN =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "SignatureDoesNotMatch",
          "MissingAuthenticationToken",
          "OptInRequired");
  private static final Set<String> DENIALS =
      Set.of("UnauthorizedOperation", "AccessDenied", "AccessDeniedException");
  private static final Set<String> LIMITS =
      Set.of("VcpuLimitExceeded", "InstanceLimitExceeded", "MaxSpotInstanceCountExceeded");
  private static final int SERVER_ERROR = 500;

  static AwsProblem of(SdkException failure) {
    return switch (failure) {
      case AwsServiceException service -> of(code(service), service.statusCode());
      case SdkClientException client ->
          String.valueOf(client.getMessage()).contains("credentials") ? CREDENTIALS : LOST;
      default -> OTHER;
    };
  }

  static AwsProblem of(String code, int status) {
    if (THROTTLES.contains(code)) {
      return THROTTLED;
    }
    if (NO_LOGIN.contains(code)) {
      return CREDENTIALS;
    }
    if (DENIALS.contains(code)) {
      return DENIED;
    }
    if (LIMITS.contains(code)) {
      return LIMIT;
    }
    return switch (code) {
      case "InsufficientInstanceCapacity" -> NO_CAPACITY;
      case "IdempotentInstanceTerminated" -> TOKEN_USED;
      case "DependencyViolation", "IncorrectState", "VolumeInUse" -> IN_USE;
      default -> byForm(code, status);
    };
  }

  private static AwsProblem byForm(String code, int status) {
    if (code.endsWith(".NotFound")) {
      return NOT_YET;
    }
    if (code.endsWith(".Duplicate")) {
      return DUPLICATE;
    }
    return status >= SERVER_ERROR ? LOST : OTHER;
  }

  /// The code that AWS gives an error.
  static String code(AwsServiceException failure) {
    var details = failure.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
