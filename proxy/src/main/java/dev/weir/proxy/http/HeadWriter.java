package dev.weir.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// Writes heads for the next hop. Fields keep their text and order, except those for a single
/// connection and those that say where a request came from.
public final class HeadWriter {
  private static final int ROOM_BYTES = 256;
  private static final int UPGRADE_REQUIRED = 426;
  private static final byte[] CRLF = Bytes.of("\r\n");
  private static final byte[] COLON = Bytes.of(": ");
  private static final byte[] COMMA = Bytes.of(", ");
  private static final byte[] VERSION = Bytes.of(" HTTP/1.1\r\n");
  private static final byte[] STATUS = Bytes.of("HTTP/1.1 ");
  private static final byte[] HOST = Bytes.of("Host: ");
  private static final byte[] TRANSFER_ENCODING = Bytes.of("Transfer-Encoding: ");
  private static final byte[] CHUNKED = Bytes.of("Transfer-Encoding: chunked\r\n");
  private static final byte[] CONNECTION_CLOSE = Bytes.of("Connection: close\r\n");
  private static final byte[] CONNECTION_KEEP_ALIVE = Bytes.of("Connection: keep-alive\r\n");
  private static final byte[] CONNECTION_UPGRADE = Bytes.of("Connection: Upgrade\r\n");
  private static final byte[] FORWARDED_FOR = Bytes.of("X-Forwarded-For: ");
  private static final byte[] FORWARDED_HOST = Bytes.of("X-Forwarded-Host: ");
  private static final byte[] FORWARDED_PROTO = Bytes.of("X-Forwarded-Proto: http\r\n");
  private static final byte[] SERVED_BY = Bytes.of("X-Served-By: ");
  private static final byte[] COLD = Bytes.of("X-Weir-Cold: ");

  private HeadWriter() {}

  /// The request's head as a replica gets it.
  ///
  /// @param client the client's address, as X-Forwarded-For shows it
  /// @param local the listener's address, which stands in for a missing Host
  /// @param trusted whether to keep the client's own forwarding fields
  public static ByteBuf request(
      ByteBufAllocator allocator, RequestHead head, byte[] client, byte[] local, boolean trusted) {
    ByteBuf out = allocator.ioBuffer(head.headBytes() + ROOM_BYTES);
    byte[] bytes = head.bytes;
    out.writeBytes(bytes, head.methodStart(), head.methodEnd() - head.methodStart());
    out.writeByte(' ').writeBytes(head.pathPrefix());
    out.writeBytes(bytes, head.pathStart(), head.pathEnd() - head.pathStart()).writeBytes(VERSION);
    if (head.hostField() < 0) {
      out.writeBytes(HOST);
      host(out, head, local).writeBytes(CRLF);
    }
    boolean upgrades = head.wantsUpgrade();
    boolean connectionOptions = ConnectionOptions.areIn(head);
    for (int field = 0; field < head.fieldCount(); field++) {
      if (goesUpstream(head.name(field), upgrades, trusted)
          && !(connectionOptions && ConnectionOptions.hold(head, field))) {
        copy(out, head, field);
      }
    }
    if (head.isChunked()) {
      out.writeBytes(TRANSFER_ENCODING)
          .writeBytes(TransferCoding.value(head.codings()))
          .writeBytes(CRLF);
    }
    if (upgrades) {
      out.writeBytes(CONNECTION_UPGRADE);
    } else if (head.codings() != 0) {
      out.writeBytes(CONNECTION_CLOSE);
    }
    origin(out, head, client, local, trusted);
    return out.writeBytes(CRLF);
  }

  private static boolean goesUpstream(FieldName name, boolean upgrades, boolean trusted) {
    return switch (name) {
      case OTHER, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, X_WEIR_COLD -> true;
      case UPGRADE -> upgrades;
      case FORWARDED, ORIGIN, X_FORWARDED_HOST, X_FORWARDED_PROTO -> trusted;
      // Proxy is no field of HTTP, but CGI programs take it for the variable HTTP_PROXY. A trusted
      // proxy that sets X-Forwarded-For may pass on its client's X_Forwarded_For.
      case PROXY, ORIGIN_ALIAS, X_FORWARDED_FOR -> false;
      case CONNECTION,
          HTTP2_SETTINGS,
          KEEP_ALIVE,
          PROXY_AUTHENTICATE,
          PROXY_AUTHORIZATION,
          PROXY_CONNECTION,
          TE,
          TRAILER,
          TRANSFER_ENCODING ->
          false;
    };
  }

  private static void origin(
      ByteBuf out, RequestHead head, byte[] client, byte[] local, boolean trusted) {
    out.writeBytes(FORWARDED_FOR);
    boolean hasHost = false;
    boolean hasProto = false;
    if (trusted) {
      for (int field = 0; field < head.fieldCount(); field++) {
        FieldName name = head.name(field);
        if (name == FieldName.X_FORWARDED_FOR) {
          value(out, head, field).writeBytes(COMMA);
        }
        hasHost |= name == FieldName.X_FORWARDED_HOST;
        hasProto |= name == FieldName.X_FORWARDED_PROTO;
      }
    }
    out.writeBytes(client).writeBytes(CRLF);
    if (!hasProto) {
      out.writeBytes(FORWARDED_PROTO);
    }
    if (!hasHost) {
      out.writeBytes(FORWARDED_HOST);
      host(out, head, local).writeBytes(CRLF);
    }
  }

  private static ByteBuf host(ByteBuf out, RequestHead head, byte[] local) {
    if (head.hostField() >= 0) {
      return value(out, head, head.hostField());
    }
    int length = head.authorityEnd() - head.authorityStart();
    return length == 0
        ? out.writeBytes(local)
        : out.writeBytes(head.bytes, head.authorityStart(), length);
  }

  /// The response's head for the client, with room behind it for a small body.
  ///
  /// @param framing how the body is framed towards this client
  /// @param own what the proxy itself says of the response
  public static ByteBuf response(
      ByteBufAllocator allocator,
      ResponseHead head,
      int roomBytes,
      ClientFraming framing,
      OwnFields own) {
    ByteBuf out = allocator.ioBuffer(head.headBytes() + ROOM_BYTES + roomBytes);
    int status = head.status();
    out.writeBytes(STATUS).writeByte('0' + status / 100).writeByte('0' + status / 10 % 10);
    out.writeByte('0' + status % 10).writeByte(' ');
    out.writeBytes(head.bytes, head.reasonStart(), head.reasonEnd() - head.reasonStart());
    out.writeBytes(CRLF);
    boolean connectionOptions = ConnectionOptions.areIn(head);
    boolean upgradeNamed = false;
    for (int field = 0; field < head.fieldCount(); field++) {
      if (goesToClient(head.name(field), status)
          && !(connectionOptions && ConnectionOptions.hold(head, field))) {
        copy(out, head, field);
        upgradeNamed |= head.name(field) == FieldName.UPGRADE;
      }
    }
    if (upgradeNamed && status == UPGRADE_REQUIRED) {
      out.writeBytes(CONNECTION_UPGRADE); // without it Upgrade means nothing
    }
    if (framing.chunked()) {
      out.writeBytes(CHUNKED);
    }
    switch (framing.connection()) {
      case CLOSE -> out.writeBytes(CONNECTION_CLOSE);
      case KEEP_ALIVE -> out.writeBytes(CONNECTION_KEEP_ALIVE);
      case UPGRADE -> out.writeBytes(CONNECTION_UPGRADE);
      case UNSAID -> {}
    }
    if (own.servedBy().length > 0) {
      out.writeBytes(SERVED_BY).writeBytes(own.servedBy()).writeBytes(CRLF);
    }
    if (own.cold().length > 0) {
      out.writeBytes(COLD).writeBytes(own.cold()).writeBytes(CRLF);
    }
    return out.writeBytes(CRLF);
  }

  /// An interim response's head for the client.
  public static ByteBuf interim(ByteBufAllocator allocator, ResponseHead head) {
    return response(
        allocator, head, 0, new ClientFraming(false, Connection.UNSAID), OwnFields.NONE);
  }

  private static boolean goesToClient(FieldName name, int status) {
    return switch (name) {
      case UPGRADE -> status == 101 || status == UPGRADE_REQUIRED;
      case CONTENT_LENGTH -> status >= 200 && status != 204;
      case PROXY_AUTHENTICATE -> true;
      case OTHER, CONTENT_TYPE, EXPECT, FORWARDED, HOST, PROXY -> true;
      case ORIGIN, ORIGIN_ALIAS, X_FORWARDED_FOR, X_FORWARDED_HOST, X_FORWARDED_PROTO -> true;
      case CONNECTION,
          HTTP2_SETTINGS,
          KEEP_ALIVE,
          PROXY_AUTHORIZATION,
          PROXY_CONNECTION,
          TE,
          TRAILER,
          TRANSFER_ENCODING,
          X_WEIR_COLD ->
          false;
    };
  }

  private static void copy(ByteBuf out, HeadParser head, int field) {
    out.writeBytes(head.bytes, head.nameStart(field), head.nameEnd(field) - head.nameStart(field));
    out.writeBytes(COLON);
    value(out, head, field).writeBytes(CRLF);
  }

  private static ByteBuf value(ByteBuf out, HeadParser head, int field) {
    int start = head.valueStart(field);
    return out.writeBytes(head.bytes, start, head.valueEnd(field) - start);
  }

  /// The framing of a response towards the client.
  ///
  /// @param chunked whether the body comes in chunks
  /// @param connection what happens to the connection
  public record ClientFraming(boolean chunked, Connection connection) {
    /// The framing towards a client, for a response's complete head. `body` gets the framing to
    /// read.
    ///
    /// @param close whether to close the connection with any framing
    public static ClientFraming of(
        ResponseHead response, Body body, boolean http11, boolean headRequest, boolean close) {
      boolean chunked = response.isChunked() && http11;
      boolean closes = close;
      if (response.isBodiless(headRequest)) {
        body.none();
        chunked &= headRequest;
      } else if (response.isChunked()) {
        body.chunked(!http11, response.isLenient());
        closes |= !http11;
      } else if (response.contentLength() >= 0) {
        body.length(response.contentLength());
      } else {
        body.untilClose();
        closes = true;
      }
      Connection kept = http11 ? Connection.UNSAID : Connection.KEEP_ALIVE;
      return new ClientFraming(chunked, closes ? Connection.CLOSE : kept);
    }
  }

  /// What the Connection field says.
  public enum Connection {
    UNSAID,
    CLOSE,
    KEEP_ALIVE,
    UPGRADE
  }
}
