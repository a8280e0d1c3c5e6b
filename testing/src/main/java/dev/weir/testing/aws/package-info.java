/// A stand-in for AWS: Moto's server, and a proxy before it that makes faults and adds what Moto
/// lacks. Start with `AwsProxy`.
@NullMarked
package dev.weir.testing.aws;

import org.jspecify.annotations.NullMarked;
