package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher `weir` itself, before a program that prints what reaches it.
@Timeout(60)
class LauncherTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  /// The launcher beside sources that are older than the last build, so that it builds nothing.
  @BeforeEach
  void lay() throws IOException {
    Files.createDirectories(folder.resolve(".mvn"));
    Files.copy(ROOT.resolve("weir"), folder.resolve("weir"));
    Files.copy(ROOT.resolve(".mvn/jdk25.sh"), folder.resolve(".mvn/jdk25.sh"));
    for (String pom : List.of("pom.xml", "m/pom.xml", "m/src/main/x")) {
      Files.createDirectories(folder.resolve(pom).getParent());
      Files.setLastModifiedTime(Files.createFile(folder.resolve(pom)), FileTime.fromMillis(0));
    }
    for (String old : List.of("m/src/main", "m/src", "m")) {
      Files.setLastModifiedTime(folder.resolve(old), FileTime.fromMillis(0));
    }
    Path dist = Files.createDirectories(folder.resolve("cli/target/run/weir"));
    jar(dist.resolve("weir.jar"));
    Files.createFile(dist.resolve(".built"));
  }

  private static void jar(Path file) throws IOException {
    String name = EchoesArguments.class.getName();
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
    String entry = name.replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        var jar = new JarOutputStream(out, manifest);
        InputStream bytes =
            Objects.requireNonNull(LauncherTest.class.getResourceAsStream("/" + entry))) {
      jar.putNextEntry(new JarEntry(entry));
      bytes.transferTo(jar);
    }
  }

  /// As in cron, in containers, and with a locale that the machine does not have.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LC_ALL=C",
        "LC_ALL=POSIX",
        "LANG=xx_XX.UTF-8",
        "LC_CTYPE=C",
        "LC_ALL=C.UTF-8"
      })
  void argumentsAndFileNamesAreUtf8WhateverTheLocale(String locale) throws Exception {
    Files.writeString(folder.resolve("x.yml"), "yes");
    // The file is made and named by a shell: this test's own locale plays no part.
    String script =
        ("cd '%s' && mv x.yml \"$(printf 'st\\303\\274ck.yml')\" && exec env -i PATH=\"$PATH\""
                + " JAVA_HOME='%s' %s sh ./weir load \"$(printf 'st\\303\\274ck.yml')\""
                + " \"$(printf '\\342\\202\\254 \\360\\237\\230\\200')\"")
            .formatted(folder, System.getProperty("java.home"), locale);
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEqualTo("load=none\nst\u00fcck.yml=yes\n\u20ac \ud83d\ude00=none\n\u00e9\n");
  }

  @Test
  void theImageHasALocaleOfUtf8() throws IOException {
    assertThat(Files.readString(ROOT.resolve("images/weir/Dockerfile")))
        .containsSubsequence("ENV LC_ALL=C.UTF-8\n", "ENTRYPOINT");
  }
}
