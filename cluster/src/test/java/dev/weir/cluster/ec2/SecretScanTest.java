package dev.weir.cluster.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No secret in calls, tags, user data, plans or files, but the private key in its own file.
class SecretScanTest {
  private static final String TOKEN =
      "SWMTKN-1-3pu6hszjas19xyp7ghgosyx9k8atbfcr8p2is99znpy26u2lkl-1awxwuwd3z9j1z3puu7rcgdbx";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  private Path home;

  @Test
  void nothingSecretLeavesTheMachine() throws Exception {
    try (var lab = new Ec2Lab(home)) {
      var texts = new ArrayList<String>();
      Plan plan = lab.up(1, 2);
      texts.add(PlanText.json(plan, Ec2Lab.prices()));
      texts.addAll(PlanText.lines(plan, Ec2Lab.prices(), true));
      lab.scale(1);
      lab.down();
      lab.proxy().calls().forEach(call -> texts.add(call.body()));
      assertThat(texts)
          .hasSizeGreaterThan(100)
          .allSatisfy(text -> assertThat(SecretScan.of(text)).isEmpty());
      assertThat(lab.proxy().calls())
          .noneMatch(call ->
              call.parameters().keySet().stream().anyMatch(name -> name.startsWith("UserData")));
    }
    Path key = home.resolve(KeyFile.NAME);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(SecretScan.of(Files.readString(key))).isNotEmpty();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(one -> !one.equals(key)).toList()) {
        assertThat(SecretScan.of(Files.readString(file))).as(file.toString()).isEmpty();
      }
    }
  }

  @Test
  void plantedSecretsAreFound() throws Exception {
    String key = new KeyFile(home).made() + Files.readString(home.resolve(KeyFile.NAME));
    for (String secret : List.of(TOKEN, key, "key=" + Ec2Lab.SECRET)) {
      String packed =
          Base64.getEncoder()
              .encodeToString(("#!/bin/sh\n" + secret).getBytes(StandardCharsets.UTF_8));
      assertThat(SecretScan.of("Tag.1.Value=" + secret)).isNotEmpty();
      assertThat(SecretScan.of("Tag=" + URLEncoder.encode(secret, StandardCharsets.UTF_8)))
          .isNotEmpty();
      assertThat(SecretScan.of("UserData=" + URLEncoder.encode(packed, StandardCharsets.UTF_8)))
          .isNotEmpty();
    }
  }
}
