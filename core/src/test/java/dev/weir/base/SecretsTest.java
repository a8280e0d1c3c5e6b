package dev.weir.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every possible secret is hidden, under any name.
class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://h:80/a http://h:80/a",
        "http://h/?token=s3 http://h/?token=***",
        "http://h?a=s3&b=s3;c=s3 http://h?a=***&b=***;c=***",
        "http://h/?s3 http://h/?***",
        "http://h/?a=s3=s3#s3 http://h/?a=***#***",
        "http://h/p;jsessionid=s3/q;s3 http://h/p;jsessionid=***/q;***",
        "http://user:s3@h:1/p http://***@h:1/p",
        "http://s3@h/p http://***@h/p",
        "https://u:s3/s3@h/p https://***@h/p",
        "mongodb://weir:s3/r@s3@h:1,i/lab?x=s3 mongodb://***@h:1,i/lab?x=***",
        "mongodb://a:1,b:2,[::1]:3/lab mongodb://a:1,b:2,[::1]:3/lab",
        "u:s3@h/p ***@h/p",
        "s3@h ***@h",
        "mongodb://weir:s3/lab mongodb://***/lab",
        "/primecheck?key=s3 /primecheck?key=***",
        "http://h/users/@me http://h/users/@me",
        "tcp://u:s3@10.0.0.1:2376 tcp://***@10.0.0.1:2376"
      })
  void addresses(String typed, String shown) {
    assertThat(Secrets.address(typed)).isEqualTo(shown).doesNotContain("s3");
  }

  @Test
  void headers() {
    assertThat(Secrets.header("X-Vault-Token: s3")).isEqualTo("X-Vault-Token: ***");
    assertThat(Secrets.header("Accept:s3")).isEqualTo("Accept: ***");
    assertThat(Secrets.header("s3")).isEqualTo("***");
    assertThat(Secrets.header("Authorization Bearer s3:")).isEqualTo("***");
  }
}
