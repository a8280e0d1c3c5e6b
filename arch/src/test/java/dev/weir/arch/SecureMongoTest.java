package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs in a database with logins, with TLS and as a replica set: FerretDB, started by
/// `testbed/mongo up --secure`.
@Timeout(600)
final class SecureMongoTest {
  private static final Testbed TESTBED = Testbed.down("s");
  private static final Pattern ADDRESS =
      Pattern.compile("mongodb://weir:([0-9a-f]+)@\\S+:([0-9]+)/[?]\\S+");

  private static List<String> addresses = List.of();

  @TempDir private Path root;

  @BeforeEach
  void up() throws Exception {
    if (addresses.isEmpty()) {
      Testbed.assumeMongoPossible();
      // Two in a row; if one is taken, the script says so.
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      String said = TESTBED.run("mongo", "up", "--secure", "--port", String.valueOf(port));
      addresses = ADDRESS.matcher(said).results().map(found -> found.group()).toList();
      assertThat(addresses).as(said).hasSize(2);
    }
  }

  @AfterAll
  static void down() throws Exception {
    TESTBED.run("mongo", "down");
  }

  @Test
  void aRunGoesThereAndBackAsAReplicaSetAndWithTls() throws Exception {
    Path folder = root.resolve("runs/sealed");
    try (RunWriter writer = RunFolder.create(folder, MadeRun.info("sealed"))) {
      MadeRun.record(writer, 0, 1_000);
    }
    for (String address : addresses) {
      String database = address.contains("tls=true") ? "tls" : "set";
      String said = weir(0, "runs", "export", "sealed", "--mongo-uri", in(address, database));
      assertThat(said).contains("1,100 of them new").doesNotContain(password(address));
      weir(0, "runs", "import", "sealed", "--mongo-uri", in(address, database), "--out", database);
      MadeRun.assertSame(folder, root.resolve(database));
    }
  }

  @Test
  void refusalsSayWhyInOneLineWithoutThePassword() throws Exception {
    String tls = addresses.getLast();
    String wrong = "0" + password(tls).substring(1) + "f";
    assertRefused("refuses the user", in(tls.replace(password(tls), wrong), "d"));
    assertRefused("", in(tls.replaceFirst("weir:[0-9a-f]+@", ""), "d"));
    // A certificate that the machine's own trust store does not know.
    assertRefused("certif", in(tls.replaceFirst("&tlsCAFile=\\S+", ""), "d"));
    // In plain to where TLS is expected.
    assertRefused("does not respond", in(tls.replaceFirst("tls=true&tlsCAFile=\\S+", ""), "d"));
    assertRefused("rs1", in(addresses.getFirst().replace("rs0", "rs1"), "d"));
  }

  private void assertRefused(String why, String address) throws Exception {
    String said = weir(1, "runs", "ls", "--mongo-uri", address);
    assertThat(said.lines()).as(said).hasSize(1);
    assertThat(said).contains(why, "database d").doesNotContainPattern("[0-9a-f]{23}");
  }

  private static String in(String address, String database) {
    return address.replace("/?", "/" + database + "?authSource=admin&");
  }

  private static String password(String address) {
    Matcher parts = ADDRESS.matcher(address);
    assertThat(parts.matches()).as(address).isTrue();
    return parts.group(1);
  }

  private String weir(int exitCode, String... args) throws Exception {
    try (WeirProcess process = WeirProcess.start(root, args)) {
      String said = process.awaitEnd();
      assertThat(process.exitCode()).as(said).isEqualTo(exitCode);
      return said;
    }
  }
}
