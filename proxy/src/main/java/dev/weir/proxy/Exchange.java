package dev.weir.proxy;

import dev.weir.balance.Outcome;
import dev.weir.proxy.HeadWriter.ClientFraming;
import dev.weir.proxy.HeadWriter.Connection;
import dev.weir.proxy.WorkerCounters.Count;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// One request and its answer: waits for a lease, is sent to the leased replica, streams both ways,
/// and ends the lease exactly once with its fate.
///
/// All of it happens on one event loop, which client and replica connections share.
final class Exchange {
  private final ClientConnection client;
  private final Worker worker;
  private final WorkerService workerService;
  private final UpstreamRequest request;
  private final LeaseHolder leaseHolder;
  private final SlotUse slot = new SlotUse();
  private final ReplicaSearch search;

  private ExchangeState state = ExchangeState.SEARCHING;
  private @Nullable UpstreamPool pool;
  private @Nullable UpstreamConnection upstream;
  private @Nullable Tunnel tunnel;
  private boolean clientCloses;
  private int status;
  private long progressNanos;

  /// An exchange for a request whose head was just read.
  ///
  /// @param forward the head as replicas get it; this exchange releases it
  Exchange(
      ClientConnection client, WorkerService workerService, RequestHead request, ByteBuf forward) {
    this.client = client;
    this.workerService = workerService;
    worker = workerService.worker();
    progressNanos = worker.nowNanos();
    leaseHolder = new LeaseHolder(workerService, progressNanos);
    search = new ReplicaSearch(this, leaseHolder);
    this.request = new UpstreamRequest(request, forward, worker.memory());
    worker.memory().take(MemoryBudget.REQUEST_BYTES);
  }

  Worker worker() {
    return worker;
  }

  /// Asks the balancer for a place.
  void start() {
    leaseHolder.arrive(this);
    search.settle();
  }

  LeaseHolder leaseHolder() {
    return leaseHolder;
  }

  /// Carries out what the balancer decided, if it did.
  void settle() {
    search.settle();
  }

  WorkerService workerService() {
    return workerService;
  }

  /// Whether it has ended; the balancer's decision may still be on its way.
  boolean isOver() {
    return state == ExchangeState.DONE;
  }

  /// A connection to the leased replica is there: the request goes.
  void send(UpstreamConnection connection) {
    upstream = connection;
    pool = connection.pool();
    state = ExchangeState.SENT;
    progressNanos = worker.nowNanos();
    connection.attach(this);
    slot.begin(!request.isComplete(), progressNanos);
    request.sendHead(connection);
    client.advance(); // the body may have come while the request waited
  }

  /// Passes on what of the request's body has come.
  void pump(ByteBuf in) throws MalformedException {
    UpstreamConnection to = upstream;
    if (to == null || (request.isComplete() && state != ExchangeState.TUNNEL)) {
      return;
    }
    progressed();
    if (state == ExchangeState.TUNNEL) {
      to.write(in.readRetainedSlice(in.readableBytes()));
    } else {
      request.sendBody(in, to);
      turn(to);
    }
  }

  /// Whether more of what the client sends can be passed on.
  boolean takesMore() {
    UpstreamConnection to = upstream;
    if (to == null || (request.isComplete() && state != ExchangeState.TUNNEL)) {
      return true;
    }
    // While memory is short, only those go on whose replica takes what it gets.
    return to.isWritable() && !(worker.memory().isShort() && to.pendingBytes() > 0);
  }

  /// Bytes were written to the replica.
  void wrote(long bytes) {
    client.wroteUpstream(bytes);
  }

  /// What was written to the replica was flushed.
  void flushed() {
    client.flushed();
  }

  /// Whether the replica has taken nothing of the request for so long.
  boolean isUploadStalled(long nanos, long nowNanos) {
    UpstreamConnection to = upstream;
    return to != null && to.pendingBytes() > 0 && nowNanos - progressNanos > nanos;
  }

  /// Whether the whole request was sent, and in a framing that every server reads alike.
  boolean isRequestSent() {
    return request.isComplete() && !request.hasOddCodings();
  }

  boolean isTunnel() {
    return state == ExchangeState.TUNNEL;
  }

  /// Bytes came from the replica.
  void heard() {
    progressed();
    slot.heard(progressNanos);
  }

  /// Bytes moved: the clocks that look for standstill start again.
  private void progressed() {
    progressNanos = worker.nowNanos();
  }

  /// Notes, just after [#progressed], whether the replica now waits for the client.
  private void turn(UpstreamConnection to) {
    slot.turn(!client.isWritable() || awaitsBody(to), progressNanos);
  }

  private boolean awaitsBody(UpstreamConnection to) {
    return !request.isComplete() && to.isWritable();
  }

  /// An interim answer such as 100 Continue.
  void interim(ResponseHead interim) {
    request.dropHead();
    if (request.isHttp11()) {
      toClient(HeadWriter.interim(ByteBufAllocator.DEFAULT, interim));
    }
  }

  /// The answer's head has come.
  ///
  /// @param body is told how the answer's body is framed
  /// @param roomBytes how much room to leave behind the head
  /// @return the head as the client gets it
  ByteBuf responseBegins(ResponseHead response, Body body, int roomBytes)
      throws MalformedException {
    request.dropHead();
    status = response.status();
    ClientFraming framing = status == 101 ? tunnelBegins() : framing(response, body);
    byte[] servedBy =
        worker.settings().options().servedBy() && pool != null ? pool.name() : HeadWriter.NOTHING;
    return HeadWriter.response(ByteBufAllocator.DEFAULT, response, roomBytes, framing, servedBy);
  }

  private ClientFraming framing(ResponseHead response, Body body) {
    state = ExchangeState.RESPONDING;
    boolean close = !request.keepsAlive() || worker.isStopping();
    var framing = ClientFraming.of(response, body, request.isHttp11(), request.isHead(), close);
    clientCloses = framing.connection() == Connection.CLOSE;
    if (response.isEventStream() && !body.isDone()) {
      leaseHolder.streams(pool, status, progressNanos);
    }
    return framing;
  }

  private ClientFraming tunnelBegins() throws MalformedException {
    if (!request.wantsUpgrade()) {
      throw MalformedException.bad("an answer of 101 to a request that asked for no upgrade");
    }
    state = ExchangeState.TUNNEL;
    tunnel = new Tunnel();
    clientCloses = true;
    worker.counters().add(Count.TUNNELS_OPENED, 1);
    leaseHolder.responded(
        pool, status, progressNanos); // a tunnel is open for days, and mostly idle
    return new ClientFraming(false, Connection.UPGRADE);
  }

  /// Passes bytes of the answer on.
  void toClient(ByteBuf out) {
    if (state == ExchangeState.DONE) {
      out.release();
      return;
    }
    client.write(out);
    if (!client.isWritable() && upstream != null) {
      upstream.read(false);
    }
  }

  /// The answer is complete.
  void responseEnds() {
    leaseHolder.responded(pool, status, worker.nowNanos());
    done();
    client.exchangeEnded(!clientCloses, request);
  }

  /// The replica closed the connection, or it was reset.
  ///
  /// @param begun whether any byte of the answer had come
  /// @param reused whether another request had used the connection before
  void upstreamEnded(boolean begun, boolean reused) {
    upstream = null;
    if (state == ExchangeState.TUNNEL) {
      tunnelEnds();
      client.closeAfterFlush();
    } else if (state == ExchangeState.RESPONDING) {
      giveUp(Count.BAD_GATEWAY, Outcome.FAILED, LocalResponse.of(502, "the replica broke off"));
    } else if (begun || !request.maySendAgain() || pool == null) {
      leaseHolder.end(reused && !begun ? Outcome.IGNORED : Outcome.FAILED);
      badGateway("the replica closed the connection without an answer");
    } else if (reused) {
      // It closed the kept connection as the request was on its way: not a failure, only a pity.
      worker.counters().add(Count.RESENT, 1);
      state = ExchangeState.SEARCHING;
      search.connect(pool);
    } else {
      state = ExchangeState.SEARCHING;
      search.resend();
    }
  }

  /// The replica's answer breaks HTTP's rules.
  void brokenResponse(MalformedException e) {
    worker
        .log()
        .warn("replica %s: broken answer: %s".formatted(leaseHolder.replicaId(), e.reason()));
    giveUp(
        Count.BAD_GATEWAY,
        Outcome.FAILED,
        LocalResponse.of(502, "the replica's answer is malformed"));
  }

  /// The request's body breaks HTTP's rules.
  void malformedBody(MalformedException e) {
    giveUp(Count.MALFORMED, Outcome.IGNORED, LocalResponse.of(e.status(), e.reason()));
  }

  /// Ends the exchange with `answer`, or, if another answer has begun, by cutting the client off.
  private void giveUp(Count why, Outcome outcome, LocalResponse response) {
    worker.counters().add(why, 1);
    closeUpstream();
    leaseHolder.end(outcome);
    boolean begun = state == ExchangeState.RESPONDING;
    done();
    if (begun) {
      worker.counters().add(Count.CUT_SHORT, 1);
      client.cut();
    } else {
      client.respond(response, request.isHead(), true);
    }
  }

  /// The client went away.
  void clientGone() {
    ExchangeState before = state;
    if (before == ExchangeState.TUNNEL) {
      tunnelEnds();
    } else {
      worker.counters().add(Count.CLIENT_GONE, 1);
    }
    done();
    closeUpstream();
    leaseHolder.leave();
  }

  private void tunnelEnds() {
    worker.counters().add(Count.TUNNELS_CLOSED, 1);
    done();
  }

  /// The client closed its side of the tunnel.
  void clientEnded() {
    if (upstream != null && tunnel != null) {
      progressed();
      tunnel.clientEnded();
      upstream.endOutput();
      endIfOver(tunnel);
    }
  }

  /// The replica closed its side of the tunnel.
  void replicaEnded() {
    if (tunnel != null) {
      progressed();
      tunnel.replicaEnded();
      client.endOutput();
      endIfOver(tunnel);
    }
  }

  private void endIfOver(Tunnel open) {
    if (open.isOver()) {
      UpstreamConnection used = upstream;
      tunnelEnds();
      client.closeAfterFlush();
      if (used != null) {
        used.closeAfterFlush();
      }
    }
  }

  void clientWritabilityChanged() {
    if (upstream != null) {
      progressed();
      turn(upstream);
      upstream.read(client.isWritable());
    }
  }

  void upstreamWritabilityChanged() {
    if (upstream != null) {
      progressed();
      turn(upstream);
    }
    upstreamTakesMore();
  }

  void upstreamTakesMore() {
    client.advance();
  }

  /// Ends what has stood still for too long.
  void sweep(long nowNanos) {
    UpstreamConnection to = upstream;
    if (to == null) {
      search.sweep(nowNanos);
      return;
    }
    if (state != ExchangeState.TUNNEL && leaseHolder.isOver(workerService.timeouts(), nowNanos)) {
      giveUp(Count.UPSTREAM_TIMEOUTS, Outcome.FAILED, LocalResponse.OVER_TIME);
      return;
    }
    if (leaseHolder.releaseUnused(slot, state == ExchangeState.RESPONDING, nowNanos)) {
      request.dropHead(); // no trying again without a lease
    }
    switch (stallCheck(to, nowNanos - progressNanos)) {
      case NONE -> {}
      case CLIENT ->
          giveUp(
              Count.CLIENT_TIMEOUTS,
              Outcome.IGNORED,
              LocalResponse.of(408, "the client was too slow"));
      case REPLICA ->
          giveUp(
              Count.UPSTREAM_TIMEOUTS,
              Outcome.FAILED,
              LocalResponse.of(504, "the replica was too slow"));
      case TUNNEL -> {
        client.cut();
        clientGone();
      }
    }
  }

  private StallCheck stallCheck(UpstreamConnection with, long stillNanos) {
    ProxyTimeouts timeouts = worker.settings().timeouts();
    boolean halfOpen = tunnel != null && tunnel.isHalfOpen();
    ExchangeState stage = halfOpen ? ExchangeState.RESPONDING : state; // it has no hour left
    return StallCheck.of(
        stage,
        client.isWritable(),
        awaitsBody(with),
        stillNanos,
        timeouts,
        workerService.timeouts());
  }

  /// How many bytes its replica has not taken yet.
  long pendingBytes() {
    return upstream == null ? 0 : upstream.pendingBytes();
  }

  /// Whether more of the request is to come.
  boolean awaitsRequest() {
    return upstream != null && !request.isComplete();
  }

  void badGateway(String text) {
    worker.counters().add(Count.BAD_GATEWAY, 1);
    leaseHolder.end(Outcome.FAILED);
    finishWith(LocalResponse.of(502, text));
  }

  /// Ends with a response of the proxy's own, of which nothing has been sent yet.
  void finishWith(LocalResponse response) {
    boolean close =
        clientCloses || !request.keepsAlive() || !request.isComplete() || worker.isStopping();
    done();
    client.respond(response, request.isHead(), close);
  }

  private void closeUpstream() {
    UpstreamConnection used = upstream;
    upstream = null;
    if (used != null) {
      used.close();
    }
  }

  private void done() {
    if (state != ExchangeState.DONE) {
      worker.memory().take(-MemoryBudget.REQUEST_BYTES);
    }
    state = ExchangeState.DONE;
    request.dropHead();
  }
}
