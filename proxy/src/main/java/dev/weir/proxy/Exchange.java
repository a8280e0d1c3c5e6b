package dev.weir.proxy;

import dev.weir.balance.Fate;
import dev.weir.proxy.HeadWriter.ClientFraming;
import dev.weir.proxy.HeadWriter.Connection;
import dev.weir.proxy.Tally.Count;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// One request and its answer: waits for a lease, is sent to the leased replica, streams both ways,
/// and ends the lease exactly once with its fate.
///
/// All of it happens on one event loop, which client and replica connections share.
final class Exchange {
  private final ClientConnection client;
  private final Lane lane;
  private final Branch branch;
  private final Outgoing request;
  private final Place place;
  private final SlotUse slot = new SlotUse();
  private final Search search;

  private Stage state = Stage.SEARCHING;
  private @Nullable ReplicaPool pool;
  private @Nullable BackendConnection backend;
  private @Nullable Tunnel tunnel;
  private boolean clientCloses;
  private int status;
  private long progressNanos;

  /// An exchange for a request whose head was just read.
  ///
  /// @param forward the head as replicas get it; this exchange releases it
  Exchange(ClientConnection client, Branch branch, RequestHead request, ByteBuf forward) {
    this.client = client;
    this.branch = branch;
    lane = branch.lane();
    progressNanos = lane.nowNanos();
    place = new Place(branch, progressNanos);
    search = new Search(this, place);
    this.request = new Outgoing(request, forward, lane.memory());
    lane.memory().take(MemoryBudget.REQUEST_BYTES);
  }

  Lane lane() {
    return lane;
  }

  /// Asks the balancer for a place.
  void start() {
    place.arrive(this);
    search.settle();
  }

  Place place() {
    return place;
  }

  /// Carries out what the balancer decided, if it did.
  void settle() {
    search.settle();
  }

  Branch branch() {
    return branch;
  }

  /// Whether it has ended; the balancer's decision may still be on its way.
  boolean isOver() {
    return state == Stage.DONE;
  }

  /// A connection to the leased replica is there: the request goes.
  void send(BackendConnection connection) {
    backend = connection;
    pool = connection.pool();
    state = Stage.SENT;
    progressNanos = lane.nowNanos();
    connection.attach(this);
    slot.begin(!request.isComplete(), progressNanos);
    request.sendHead(connection);
    client.advance(); // the body may have come while the request waited
  }

  /// Passes on what of the request's body has come.
  void pump(ByteBuf in) throws MalformedException {
    BackendConnection to = backend;
    if (to == null || (request.isComplete() && state != Stage.TUNNEL)) {
      return;
    }
    progressed();
    if (state == Stage.TUNNEL) {
      to.write(in.readRetainedSlice(in.readableBytes()));
    } else {
      request.sendBody(in, to);
      turn(to);
    }
  }

  /// Whether more of what the client sends can be passed on.
  boolean takesMore() {
    BackendConnection to = backend;
    return to == null || (request.isComplete() && state != Stage.TUNNEL) || to.isWritable();
  }

  /// Whether the whole request was sent, and in a framing that every server reads alike.
  boolean isRequestSent() {
    return request.isComplete() && !request.hasOddCodings();
  }

  boolean isTunnel() {
    return state == Stage.TUNNEL;
  }

  /// Bytes came from the replica.
  void heard() {
    progressed();
    slot.heard(progressNanos);
  }

  /// Bytes moved: the clocks that look for standstill start again.
  private void progressed() {
    progressNanos = lane.nowNanos();
  }

  /// Notes, just after [#progressed], whether the replica now waits for the client.
  private void turn(BackendConnection to) {
    slot.turn(!client.isWritable() || awaitsBody(to), progressNanos);
  }

  private boolean awaitsBody(BackendConnection to) {
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
  ByteBuf answerBegins(ResponseHead answer, Body body, int roomBytes) throws MalformedException {
    request.dropHead();
    status = answer.status();
    ClientFraming framing = status == 101 ? tunnelBegins() : framing(answer, body);
    byte[] servedBy =
        lane.settings().options().servedBy() && pool != null ? pool.name() : HeadWriter.NOTHING;
    return HeadWriter.response(ByteBufAllocator.DEFAULT, answer, roomBytes, framing, servedBy);
  }

  private ClientFraming framing(ResponseHead answer, Body body) {
    state = Stage.ANSWERING;
    boolean close = !request.keepsAlive() || lane.isStopping();
    var framing = ClientFraming.of(answer, body, request.isHttp11(), request.isHead(), close);
    clientCloses = framing.connection() == Connection.CLOSE;
    if (answer.isEventStream() && !body.isDone()) {
      place.streams(pool, status, progressNanos);
    }
    return framing;
  }

  private ClientFraming tunnelBegins() throws MalformedException {
    if (!request.wantsUpgrade()) {
      throw MalformedException.bad("an answer of 101 to a request that asked for no upgrade");
    }
    state = Stage.TUNNEL;
    tunnel = new Tunnel();
    clientCloses = true;
    lane.tally().add(Count.TUNNELS_OPENED, 1);
    place.answered(pool, status, progressNanos); // a tunnel is open for days, and mostly idle
    return new ClientFraming(false, Connection.UPGRADE);
  }

  /// Passes bytes of the answer on.
  void toClient(ByteBuf out) {
    if (state == Stage.DONE) {
      out.release();
      return;
    }
    client.write(out);
    if (!client.isWritable() && backend != null) {
      backend.read(false);
    }
  }

  /// The answer is complete.
  void answerEnds() {
    place.answered(pool, status, lane.nowNanos());
    done();
    client.exchangeEnded(!clientCloses, request);
  }

  /// The replica closed the connection, or it was reset.
  ///
  /// @param begun whether any byte of the answer had come
  /// @param reused whether another request had used the connection before
  void backendEnded(boolean begun, boolean reused) {
    backend = null;
    if (state == Stage.TUNNEL) {
      tunnelEnds();
      client.closeAfterFlush();
    } else if (state == Stage.ANSWERING) {
      giveUp(Count.BAD_GATEWAY, Fate.FAILED, Answer.of(502, "the replica broke off"));
    } else if (begun || !request.maySendAgain() || pool == null) {
      place.end(reused && !begun ? Fate.IGNORED : Fate.FAILED);
      badGateway("the replica closed the connection without an answer");
    } else if (reused) {
      // It closed the kept connection as the request was on its way: not a failure, only a pity.
      lane.tally().add(Count.RESENT, 1);
      state = Stage.SEARCHING;
      search.connect(pool);
    } else {
      state = Stage.SEARCHING;
      search.resend();
    }
  }

  /// The replica's answer breaks HTTP's rules.
  void brokenAnswer(MalformedException e) {
    lane.log().warn("replica %s: broken answer: %s".formatted(place.replicaId(), e.reason()));
    giveUp(Count.BAD_GATEWAY, Fate.FAILED, Answer.of(502, "the replica's answer is malformed"));
  }

  /// The request's body breaks HTTP's rules.
  void malformedBody(MalformedException e) {
    giveUp(Count.MALFORMED, Fate.IGNORED, Answer.of(e.status(), e.reason()));
  }

  /// Ends the exchange with `answer`, or, if another answer has begun, by cutting the client off.
  private void giveUp(Count why, Fate fate, Answer answer) {
    lane.tally().add(why, 1);
    closeBackend();
    place.end(fate);
    boolean begun = state == Stage.ANSWERING;
    done();
    if (begun) {
      lane.tally().add(Count.CUT_SHORT, 1);
      client.cut();
    } else {
      client.answer(answer, request.isHead(), true);
    }
  }

  /// The client went away.
  void clientGone() {
    Stage before = state;
    if (before == Stage.TUNNEL) {
      tunnelEnds();
    } else {
      lane.tally().add(Count.CLIENT_GONE, 1);
    }
    done();
    closeBackend();
    place.leave();
  }

  private void tunnelEnds() {
    lane.tally().add(Count.TUNNELS_CLOSED, 1);
    done();
  }

  /// The client closed its side of the tunnel.
  void clientEnded() {
    if (backend != null && tunnel != null) {
      progressed();
      tunnel.clientEnded();
      backend.endOutput();
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
      BackendConnection used = backend;
      tunnelEnds();
      client.closeAfterFlush();
      if (used != null) {
        used.closeAfterFlush();
      }
    }
  }

  void clientWritabilityChanged() {
    if (backend != null) {
      progressed();
      turn(backend);
      backend.read(client.isWritable());
    }
  }

  void backendWritabilityChanged() {
    if (backend != null) {
      progressed();
      turn(backend);
    }
    backendTakesMore();
  }

  void backendTakesMore() {
    client.advance();
  }

  /// Ends what has stood still for too long.
  void sweep(long nowNanos) {
    BackendConnection to = backend;
    if (to == null) {
      search.sweep(nowNanos);
      return;
    }
    if (state != Stage.TUNNEL && place.isOver(branch.timeouts(), nowNanos)) {
      giveUp(Count.BACKEND_TIMEOUTS, Fate.FAILED, Answer.OVER_TIME);
      return;
    }
    if (place.releaseUnused(slot, state == Stage.ANSWERING, nowNanos)) {
      request.dropHead(); // no trying again without a lease
    }
    switch (standstill(to, nowNanos - progressNanos)) {
      case NONE -> {}
      case CLIENT ->
          giveUp(Count.CLIENT_TIMEOUTS, Fate.IGNORED, Answer.of(408, "the client was too slow"));
      case REPLICA ->
          giveUp(Count.BACKEND_TIMEOUTS, Fate.FAILED, Answer.of(504, "the replica was too slow"));
      case TUNNEL -> {
        client.cut();
        clientGone();
      }
    }
  }

  private Standstill standstill(BackendConnection with, long stillNanos) {
    ProxyTimeouts timeouts = lane.settings().timeouts();
    boolean halfOpen = tunnel != null && tunnel.isHalfOpen();
    Stage stage = halfOpen ? Stage.ANSWERING : state; // it has no hour left
    return Standstill.of(
        stage, client.isWritable(), awaitsBody(with), stillNanos, timeouts, branch.timeouts());
  }

  /// How many bytes its replica has not taken yet.
  long pendingBytes() {
    return backend == null ? 0 : backend.pendingBytes();
  }

  /// Whether more of the request is to come.
  boolean awaitsRequest() {
    return backend != null && !request.isComplete();
  }

  void badGateway(String text) {
    lane.tally().add(Count.BAD_GATEWAY, 1);
    place.end(Fate.FAILED);
    finishWith(Answer.of(502, text));
  }

  /// Ends with a response of the proxy's own, of which nothing has been sent yet.
  void finishWith(Answer answer) {
    boolean close =
        clientCloses || !request.keepsAlive() || !request.isComplete() || lane.isStopping();
    done();
    client.answer(answer, request.isHead(), close);
  }

  private void closeBackend() {
    BackendConnection used = backend;
    backend = null;
    if (used != null) {
      used.close();
    }
  }

  private void done() {
    if (state != Stage.DONE) {
      lane.memory().take(-MemoryBudget.REQUEST_BYTES);
    }
    state = Stage.DONE;
    request.dropHead();
  }
}
