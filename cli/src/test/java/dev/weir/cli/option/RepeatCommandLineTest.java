package dev.weir.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Weir;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The command line that is kept with a run holds no secrets, however it was typed.
class RepeatCommandLineTest {
  private static final String NOTE = "  # fill in what *** hides, or record with --keep-values";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-H|X-Auth-Token: s3|--header 'X-Auth-Token: ***'",
        "-HAuthorization:s3||--header 'Authorization: ***'",
        "-H=Api-Key: s3||--header 'Api-Key: ***'",
        "--header=PRIVATE-TOKEN:s3||--header 'PRIVATE-TOKEN: ***'",
        "--url|http://u:s3@h/p?token=s3|--url 'http://***@h/p?token=***'",
        "--url=https://h/?sig=s3&a=s3||--url 'https://h/?sig=***&a=***'",
        "--body|s3|--body '***'",
        "--body=s3||--body '***'",
      })
  void secretsAreHidden(String word, String value, String kept) {
    assertThat(kept(value == null ? new String[] {word} : new String[] {word, value}))
        .isEqualTo("weir load " + kept + " --seed 7" + NOTE);
  }

  @Test
  void whatLetsNobodyInIsAsTyped() {
    assertThat(kept("--lamb", "4", "--url", "http://h:80/a", "--body", "@f.json", "-X", "PUT"))
        .isEqualTo("weir load --lambda 4 --url http://h:80/a --body @f.json --method PUT --seed 7");
    assertThat(kept("--fail-if", "p99>3ms", "--fail-if", "errors>1%", "--seed", "9", "--insecure"))
        .isEqualTo("weir load --fail-if 'p99>3ms' --fail-if 'errors>1%' --seed 9 --insecure");
  }

  @Test
  void valuesAreKeptWhereAsked() {
    assertThat(kept("-HA:b", "--url", "http://u:p@h/?q=1", "--body", "x", "--keep-values"))
        .isEqualTo(
            "weir load --header A:b --url 'http://u:p@h/?q=1' --body x --keep-values --seed 7");
  }

  @Test
  void addressesOfDatabasesNever() {
    assertThat(
            kept(
                "bench",
                "--keep-values",
                "--mongo-uri=mongodb://w:s3@h:1,i/d?x=s3",
                "--mongo-client",
                "w:s3@h"))
        .isEqualTo(
            "weir bench --keep-values --mongo-uri 'mongodb://***@h:1,i/d?x=***'"
                + " --mongo-client '***@h' --seed 7"
                + NOTE);
  }

  @Test
  void switchesAreAsTheyAre() {
    assertThat(kept("compare", "--no-aa", "--predict", "--policies", "weir,round-robin"))
        .isEqualTo("weir compare --no-aa --predict --policies weir,round-robin --seed 7");
    assertThat(kept("bench", "--simulate-load", "False", "--write-to-file"))
        .startsWith("weir bench --simulate-load=False --write-to-file");
  }

  private static String kept(String... words) {
    boolean named = words[0].matches("[a-z]+");
    CommandLine weir = Weir.commandLine();
    String[] all = words;
    if (!named) {
      all = new String[words.length + 1];
      all[0] = "load";
      System.arraycopy(words, 0, all, 1, words.length);
    }
    CommandLine.ParseResult parsed = weir.parseArgs(all);
    return RepeatCommandLine.of(parsed.subcommand().commandSpec(), 7);
  }
}
