package dev.weir.proxy.exchange;

import dev.weir.balance.Outcome;
import dev.weir.proxy.admission.SlotUse;
import dev.weir.proxy.http.Body;
import dev.weir.proxy.http.HeadWriter;
import dev.weir.proxy.http.HeadWriter.ClientFraming;
import dev.weir.proxy.http.HeadWriter.Connection;
import dev.weir.proxy.http.LocalResponse;
import dev.weir.proxy.http.MalformedException;
import dev.weir.proxy.http.RequestHead;
import dev.weir.proxy.http.ResponseHead;
import dev.weir.proxy.metric.WorkerCounters.Count;
import dev.weir.proxy.upstream.UpstreamConnection;
import dev.weir.proxy.upstream.UpstreamListener;
import dev.weir.proxy.upstream.UpstreamPool;
import dev.weir.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// One request and its response. It waits for a lease, sends the request to the leased replica,
/// streams both ways, and ends the lease exactly once with its outcome.
///
/// It runs on one event loop, shared by the client's and the replica's connection.
public final class Exchange implements UpstreamListener {
  private final ExchangeClient client;
  private final Worker worker;
  private final WorkerService workerService;
  private final UpstreamRequest request;
  private final LeaseHolder leaseHolder;
  private final SlotUse slot = new SlotUse();
  private final ReplicaSearch search;
  private final ExchangeAccount account;

  private ExchangeState state = ExchangeState.SEARCHING;
  private @Nullable UpstreamPool pool;
  private @Nullable UpstreamConnection upstream;
  private @Nullable Tunnel tunnel;
  private boolean clientCloses;
  private int status;
  private long progressNanos;

  /// An exchange for a request with a complete head.
  ///
  /// @param forward the head as replicas get it; this exchange releases it
  public Exchange(
      ExchangeClient client, WorkerService workerService, RequestHead request, ByteBuf forward) {
    this.client = client;
    this.workerService = workerService;
    worker = workerService.worker();
    progressNanos = worker.nowNanos();
    leaseHolder = new LeaseHolder(workerService, progressNanos);
    ColdRequest cold = ColdGate.sort(workerService.coldGate(), request);
    search = new ReplicaSearch(this, workerService, leaseHolder, cold);
    this.request = new UpstreamRequest(request, forward, worker.memory());
    account = new ExchangeAccount(workerService, cold.wakes());
  }

  /// Asks the balancer for a lease.
  public void start() {
    search.start();
  }

  /// Whether it has ended. The balancer's decision may still be on its way.
  boolean isOver() {
    return state == ExchangeState.DONE;
  }

  /// The connection to the leased replica is open: sends the request.
  void send(UpstreamConnection connection) {
    upstream = connection;
    pool = connection.pool();
    state = ExchangeState.SENT;
    progressNanos = worker.nowNanos();
    connection.attach(this, client);
    slot.begin(!request.isComplete(), progressNanos);
    request.sendHead(connection);
    client.advance(); // the body may have come while the request waited
  }

  /// Passes on the part of the request's body that has come.
  public void pump(ByteBuf in) throws MalformedException {
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

  /// Whether more bytes of the client can be passed on.
  public boolean takesMore() {
    UpstreamConnection to = upstream;
    if (to == null || (request.isComplete() && state != ExchangeState.TUNNEL)) {
      return true;
    }
    // While memory is short, only exchanges with a replica that keeps up go on.
    return to.isWritable() && !(worker.memory().isShort() && to.pendingBytes() > 0);
  }

  /// Whether the replica has taken no byte of the request for this time.
  public boolean isUploadStalled(long nanos, long nowNanos) {
    return pendingBytes() > 0 && nowNanos - progressNanos > nanos;
  }

  @Override
  public boolean leavesConnectionUsable() {
    return request.leavesConnectionUsable(status);
  }

  @Override
  public boolean isTunnel() {
    return state == ExchangeState.TUNNEL;
  }

  @Override
  public void heard() {
    progressed();
    slot.heard(progressNanos);
  }

  /// Bytes moved: the time-outs for stalled sides start again.
  private void progressed() {
    progressNanos = worker.nowNanos();
  }

  /// Records, just after [#progressed], whether the replica now waits for the client.
  private void turn(UpstreamConnection to) {
    slot.turn(!client.isWritable() || awaitsBody(to), progressNanos);
  }

  private boolean awaitsBody(UpstreamConnection to) {
    return !request.isComplete() && to.isWritable();
  }

  @Override
  public void interim(ResponseHead interim) {
    request.dropHead();
    if (request.isHttp11()) {
      toClient(HeadWriter.interim(ByteBufAllocator.DEFAULT, interim));
    }
  }

  @Override
  public ByteBuf responseBegins(ResponseHead response, Body body, int roomBytes)
      throws MalformedException {
    request.dropHead();
    status = response.status();
    ClientFraming framing = status == 101 ? tunnelBegins() : framing(response, body);
    return HeadWriter.response(
        ByteBufAllocator.DEFAULT, response, roomBytes, framing, leaseHolder.ownFields(pool));
  }

  private ClientFraming framing(ResponseHead response, Body body) {
    state = ExchangeState.RESPONDING;
    boolean last = !request.keepsAlive() || worker.isStopping();
    var framing = ClientFraming.of(response, body, request.isHttp11(), request.isHead(), last);
    clientCloses = framing.connection() == Connection.CLOSE;
    if (response.isEventStream() && !body.isDone()) {
      leaseHolder.streams(pool, status, progressNanos);
    }
    return framing;
  }

  private ClientFraming tunnelBegins() throws MalformedException {
    if (!request.wantsUpgrade()) {
      throw MalformedException.bad("a 101 to a request that asked for no upgrade");
    }
    state = ExchangeState.TUNNEL;
    tunnel = new Tunnel();
    clientCloses = true;
    worker.counters().add(Count.TUNNELS_OPENED, 1);
    // The lease ends here: a tunnel is open for days, and mostly idle.
    leaseHolder.responded(pool, status, progressNanos);
    return new ClientFraming(false, Connection.UPGRADE);
  }

  @Override
  public void toClient(ByteBuf out) {
    if (state == ExchangeState.DONE) {
      out.release();
      return;
    }
    client.write(out);
    if (!client.isWritable() && upstream != null) {
      upstream.read(false);
    }
  }

  @Override
  public void responseEnds() {
    leaseHolder.responded(pool, status, worker.nowNanos());
    done();
    client.exchangeEnded(!clientCloses, request);
  }

  @Override
  public void upstreamEnded(boolean begun, boolean reused) {
    upstream = null;
    if (state == ExchangeState.TUNNEL) {
      tunnelEnds();
      client.closeAfterFlush();
    } else if (state == ExchangeState.RESPONDING) {
      giveUp(Count.BAD_GATEWAY, Outcome.FAILED, LocalResponse.of(502, "the replica broke off"));
    } else if (begun || !request.maySendAgain() || pool == null) {
      leaseHolder.end(reused && !begun ? Outcome.IGNORED : Outcome.FAILED);
      badGateway("the replica closed the connection without a response");
    } else if (reused) {
      // The idle connection closed under us; this does not count as a failure.
      worker.counters().add(Count.RESENT, 1);
      state = ExchangeState.SEARCHING;
      search.connect(pool);
    } else {
      state = ExchangeState.SEARCHING;
      search.resend();
    }
  }

  @Override
  public void brokenResponse(MalformedException e) {
    worker.log().warn("replica " + leaseHolder.replicaId() + ": broken response: " + e.reason());
    giveUp(Count.BAD_GATEWAY, Outcome.FAILED, LocalResponse.BROKEN_REPLICA);
  }

  /// The request's body breaks HTTP's rules.
  public void malformedBody(MalformedException e) {
    giveUp(Count.MALFORMED, Outcome.IGNORED, LocalResponse.of(e.status(), e.reason()));
  }

  /// Ends the exchange with `response`, or cuts the client off if a response has already begun.
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
  public void clientGone() {
    if (state == ExchangeState.TUNNEL) {
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
  public void clientEnded() {
    if (upstream != null && tunnel != null) {
      progressed();
      tunnel.clientEnded(upstream);
      endIfOver(tunnel);
    }
  }

  @Override
  public void replicaEnded() {
    if (tunnel != null) {
      progressed();
      tunnel.replicaEnded(client);
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

  public void clientWritabilityChanged() {
    if (upstream != null) {
      progressed();
      turn(upstream);
      upstream.read(client.isWritable());
    }
  }

  @Override
  public void upstreamWritabilityChanged() {
    if (upstream != null) {
      progressed();
      turn(upstream);
    }
    upstreamTakesMore();
  }

  @Override
  public void upstreamTakesMore() {
    client.advance();
  }

  /// Ends the exchange if a side has stalled for too long.
  public void sweep(long nowNanos) {
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
      request.dropHead(); // without a lease it is not sent again
    }
    switch (stallCheck(to, nowNanos - progressNanos)) {
      case NONE -> {}
      case CLIENT -> giveUp(Count.CLIENT_TIMEOUTS, Outcome.IGNORED, LocalResponse.SLOW_CLIENT);
      case REPLICA -> giveUp(Count.UPSTREAM_TIMEOUTS, Outcome.FAILED, LocalResponse.SLOW_REPLICA);
      case TUNNEL -> {
        client.cut();
        clientGone();
      }
    }
  }

  private StallCheck stallCheck(UpstreamConnection with, long stillNanos) {
    boolean halfOpen = tunnel != null && tunnel.isHalfOpen();
    ExchangeState stage = halfOpen ? ExchangeState.RESPONDING : state; // shorter than a tunnel's
    return StallCheck.of(
        stage,
        client.isWritable(),
        awaitsBody(with),
        stillNanos,
        worker.settings().timeouts(),
        workerService.timeouts());
  }

  /// How many bytes its replica has not taken yet.
  public long pendingBytes() {
    return upstream == null ? 0 : upstream.pendingBytes();
  }

  /// Whether the replica waits for more of the request.
  public boolean awaitsRequest() {
    return upstream != null && !request.isComplete();
  }

  void badGateway(String text) {
    worker.counters().add(Count.BAD_GATEWAY, 1);
    leaseHolder.end(Outcome.FAILED);
    finishWith(LocalResponse.of(502, text));
  }

  /// Ends with a local response; nothing has been sent yet.
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
    state = ExchangeState.DONE;
    account.close();
    request.dropHead();
  }
}
