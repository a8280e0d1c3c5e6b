package dev.weir.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Addresses have one text each: RFC 5952, 4.
class IpTextTest {
  @ParameterizedTest
  @CsvSource({
    "00000000000000000000000000000001, ::1",
    "00000000000000000000000000000000, ::",
    "20010db8000000000000000000000001, 2001:db8::1",
    "20010db8000000000001000000000001, 2001:db8::1:0:0:1", // of equal runs the first
    "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1", // one group is not left out
    "20010000000000010000000000000001, 2001:0:0:1::1", // the longest run
    "20010db8aabbccdd0000000000000000, 2001:db8:aabb:ccdd::",
    "fe800000000000000abc0def00000001, fe80::abc:def:0:1",
    "00010002000300040005000600070008, 1:2:3:4:5:6:7:8",
    "00000000000000000000ffffc0000201, 192.0.2.1", // version 4 within 6
    "0a0000ff, 10.0.0.255"
  })
  void textIsThatOfRfc5952(String bytes, String text) {
    assertThat(IpText.of(HexFormat.of().parseHex(bytes))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"00000000000000000000000000000001, [::1]:80", "7f000001, 127.0.0.1:80"})
  void portsFollowBrackets(String bytes, String text) {
    assertThat(IpText.withPort(HexFormat.of().parseHex(bytes), 80)).isEqualTo(text);
  }
}
