package dev.weir.proxy.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.BooleanSupplier;

/// The size of one read of a connection: what its earlier reads suggest, and little when memory is
/// short. A thousand connections read once more then add megabytes, not a gigabyte.
public final class ReadSizes implements RecvByteBufAllocator {
  private static final int SHORT_BYTES = 4096;

  private static final RecvByteBufAllocator USUAL = new AdaptiveRecvByteBufAllocator();
  private final BooleanSupplier sparing;

  /// @param sparing whether the connection's reads should be small now
  public ReadSizes(BooleanSupplier sparing) {
    this.sparing = sparing;
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own type of handle, which its sockets ask for
  public Handle newHandle() {
    return new Bounded((ExtendedHandle) USUAL.newHandle());
  }

  /// Checks before each read whether it has to be small.
  private final class Bounded extends DelegatingHandle implements ExtendedHandle {
    private final ExtendedHandle usual;

    Bounded(ExtendedHandle usual) {
      super(usual);
      this.usual = usual;
    }

    @Override
    public int guess() {
      return sparing.getAsBoolean() ? Math.min(SHORT_BYTES, usual.guess()) : usual.guess();
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return allocator.ioBuffer(guess());
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return usual.continueReading(maybeMoreData);
    }
  }
}
