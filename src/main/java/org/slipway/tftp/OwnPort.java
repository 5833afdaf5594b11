package org.slipway.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.slipway.tftp.wire.TftpCodec;

/** A port of its own for one transfer, as RFC 1350 section 4 has it. */
final class OwnPort implements TransferPort, TransferLoop.Ready {
  static final boolean CONNECT = Boolean.getBoolean("x.connect");
  private final DatagramChannel channel;
  private final InetSocketAddress client;
  private final TransferLoop loop;
  private final SelectionKey key;
  private TransferTable.Entry entry;

  OwnPort(InetSocketAddress local, InetSocketAddress client, TransferLoop loop) throws IOException {
    this.client = client;
    this.loop = loop;
    this.channel =
        DatagramChannel.open(
            client.getAddress() instanceof java.net.Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6);
    channel.bind(sameFamily(local));
    if (CONNECT) channel.connect(client);
    this.key = loop.register(channel, this);
  }

  @Override
  public void serve(TransferTable.Entry entry) {
    this.entry = entry;
  }

  /** The wildcard address of one family cannot be bound by a socket of the other. */
  private InetSocketAddress sameFamily(InetSocketAddress local) {
    return local.getAddress().isAnyLocalAddress() ? new InetSocketAddress(local.getPort()) : local;
  }

  @Override
  public boolean send(ByteBuffer datagram) throws PortUnreachableException {
    try {
      return (CONNECT ? channel.write(datagram) : channel.send(datagram, client)) > 0;
    } catch (PortUnreachableException e) {
      throw e;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public int batch(int length) {
    return 1;
  }

  @Override
  public boolean sendBatch(ByteBuffer datagrams, int length) throws PortUnreachableException {
    return send(datagrams);
  }

  @Override
  public void awaitRoom() {
    key.interestOpsOr(SelectionKey.OP_WRITE);
  }

  @Override
  public void ready(SelectionKey key, long now) throws IOException {
    if (key.isReadable()) {
      ByteBuffer in = loop.in().clear();
      if (CONNECT) {
        if (channel.read(in) > 0) {
          entry.transfer().received(in.flip(), now);
        }
      } else {
        InetSocketAddress from = (InetSocketAddress) channel.receive(in);
        if (from == client || from != null && from.equals(client)) {
          entry.transfer().received(in.flip(), now);
        } else if (from != null) {
          channel.send(TftpCodec.encode(RefusalCode.UNKNOWN_TRANSFER), from);
        }
      }
    }
    if (key.isValid() && key.isWritable()) {
      key.interestOps(SelectionKey.OP_READ);
      entry.transfer().writable(now);
    }
    loop.transfers().forgetIfOver(entry);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
