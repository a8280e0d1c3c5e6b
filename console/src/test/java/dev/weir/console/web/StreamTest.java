package dev.weir.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.console.wire.Hub;
import dev.weir.testing.RealTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The stream: a snapshot, deltas, replay, and viewers who cost little whatever they do.
final class StreamTest {
  private static final int MEGABYTE = 1 << 20;

  private Hub hub;
  private ConsoleServer server;
  private InetSocketAddress address;

  @BeforeEach
  void start() {
    hub = Consoles.hub();
    server = Consoles.start(ConsoleSettings.loopback(0), hub, new Consoles.Answers());
    address = server.address();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aViewerGetsASnapshotThenDeltas() throws IOException {
    try (var viewer = new RawClient(address)) {
      var head = viewer.request("GET /stream", "");
      assertEquals("no", head.field("x-accel-buffering").orElseThrow());
      assertEquals("text/event-stream; charset=utf-8", head.field("content-type").orElseThrow());
      assertEquals(
          List.of("7-0", "snapshot", "{\"t\":0,\"id\":\"7-0\",\"set\":{}}"), viewer.event());
      hub.publish(Consoles.picture(5, "cluster", "{\"nodes\":3}"));
      assertEquals(
          List.of("7-1", "delta", "{\"t\":5,\"set\":{\"cluster\":{\"nodes\":3}},\"del\":[]}"),
          viewer.event());
      hub.publish(Consoles.picture(6, "node/1", "{\"a\":1}"));
      assertEquals(
          List.of("7-2", "delta", "{\"t\":6,\"set\":{\"node/1\":{\"a\":1}},\"del\":[\"cluster\"]}"),
          viewer.event());
    }
  }

  @Test
  void whoComesBackGetsExactlyWhatItMissed() throws IOException {
    try (var steady = new RawClient(address)) {
      steady.request("GET /stream", "");
      steady.event();
      for (int i = 1; i <= 4; i++) {
        hub.publish(Consoles.picture(i, "cluster", "{\"nodes\":" + i + "}"));
        steady.event();
      }
    }
    try (var back = new RawClient(address);
        var old = new RawClient(address)) {
      back.request("GET /stream", "", "Last-Event-ID: 7-2");
      assertEquals("7-3", back.event().getFirst());
      assertEquals("7-4", back.event().getFirst());
      old.request("GET /stream", "", "Last-Event-ID: 6-2");
      assertEquals(List.of("7-4", "snapshot"), old.event().subList(0, 2));
      hub.publish(Consoles.picture(9, "cluster", "{\"nodes\":9}"));
      assertEquals("7-5", back.event().getFirst());
      assertEquals("7-5", old.event().getFirst());
    }
  }

  @Test
  void tenViewersShareOneSerialisation() throws IOException {
    var viewers = new ArrayList<RawClient>();
    for (int i = 0; i < 10; i++) {
      var viewer = new RawClient(address);
      viewer.request("GET /stream", "");
      viewer.event();
      viewers.add(viewer);
    }
    assertEquals(1, hub.framesMade(), "one snapshot for all");
    for (int i = 1; i <= 3; i++) {
      hub.publish(Consoles.picture(i, "cluster", "{\"nodes\":" + i + "}"));
      for (RawClient viewer : viewers) {
        assertEquals("7-" + i, viewer.event().getFirst());
      }
    }
    assertEquals(4, hub.framesMade());
    for (RawClient viewer : viewers) {
      viewer.close();
    }
  }

  @Test
  void atMostTwoDeltasASecond() throws IOException {
    try (var viewer = new RawClient(address)) {
      viewer.request("GET /stream", "");
      viewer.event();
      long begin = System.nanoTime();
      for (int i = 1; i <= 40; i++) {
        hub.publish(Consoles.picture(i, "cluster", "{\"nodes\":" + i + "}"));
        RealTime.pass(Duration.ofMillis(50));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      List<String> event = viewer.event();
      while (!event.get(2).contains("\"nodes\":40}")) {
        event = viewer.event();
      }
      int sent = Integer.parseInt(event.getFirst().substring(2));
      assertTrue(sent <= 2 * seconds + 2, () -> sent + " deltas in " + seconds + " s");
    }
  }

  @Test
  void viewersWhoNeverReadAreCutAndOthersAreUnharmed() throws IOException {
    var stuck = new ArrayList<RawClient>();
    for (int i = 0; i < 8; i++) {
      var viewer = new RawClient(address);
      viewer.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
      stuck.add(viewer);
    }
    try (var steady = new RawClient(address)) {
      steady.request("GET /stream", "");
      steady.event();
      for (int i = 1; i <= 6; i++) {
        hub.publish(Consoles.picture(i, "cluster", large(i)));
        assertEquals("7-" + i, steady.event().getFirst());
        long pending = server.load().pendingBytes();
        assertTrue(pending <= 9L * 2 * MEGABYTE, () -> "pending " + pending);
      }
      assertEquals(1, server.load().viewers(), "the stuck ones are cut");
    }
    for (RawClient viewer : stuck) {
      viewer.close();
    }
  }

  private static String large(int i) {
    return "{\"text\":\"" + (char) ('a' + i) + "x".repeat(MEGABYTE / 2) + "\"}";
  }

  @Test
  void tooManyViewersAreRefused() throws IOException {
    var viewers = new ArrayList<RawClient>();
    for (int i = 0; i < Viewers.VIEWERS_MAX; i++) {
      var viewer = new RawClient(address);
      assertEquals(200, viewer.request("GET /stream", "").status());
      viewers.add(viewer);
    }
    assertEquals(503, RawClient.once(address, "GET /stream").status());
    for (RawClient viewer : viewers) {
      viewer.close();
    }
  }
}
