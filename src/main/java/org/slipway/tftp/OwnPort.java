package org.slipway.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.tftp.wire.TftpCodec;

/**
 * A port of its own for one transfer, as RFC 1350 section 4 has it. It has two sockets: one is
 * connected to the client, which makes it faster and tells when the client's port is closed; the
 * other gets what strangers send and tells them so (error 5), without disturbing the transfer.
 */
final class OwnPort implements TransferPort {
  private static final Logger LOG = Logger.getLogger(OwnPort.class.getName());

  /** Room for a window that a client writes, if the system gives so much. */
  private static final int RECEIVE_BUFFER = 512 << 10;

  /** Other transfers get their turn after so many datagrams. */
  private static final int AT_ONCE = 64;

  private final TransferLoop loop;
  private final DatagramChannel channel;
  private final DatagramChannel strangers;
  private final SelectionKey key;
  private TransferTable.Entry entry;
  private int batch;

  /**
   * @param local port 0 is any
   * @throws java.net.BindException if the port is taken
   */
  OwnPort(InetSocketAddress local, InetSocketAddress client, TransferLoop loop) throws IOException {
    this.loop = loop;
    this.channel = DatagramChannel.open(ListeningSockets.family(client.getAddress()));
    this.strangers = DatagramChannel.open(ListeningSockets.family(client.getAddress()));
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(ofAnyFamily(local));
      shareWithStrangers();
      channel.connect(client);
      this.key = loop.register(channel, this::ready);
      loop.register(strangers, (k, now) -> stranger(now));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The wildcard address of one family cannot be bound by a socket of the other. */
  private static InetSocketAddress ofAnyFamily(InetSocketAddress local) {
    return local.getAddress().isAnyLocalAddress() ? new InetSocketAddress(local.getPort()) : local;
  }

  /** Two sockets of one port need the option while they are bound; nobody else shall use it. */
  private void shareWithStrangers() throws IOException {
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    strangers.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    strangers.bind(ofAnyFamily((InetSocketAddress) channel.getLocalAddress()));
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
    strangers.setOption(StandardSocketOptions.SO_REUSEADDR, false);
  }

  @Override
  public void serve(TransferTable.Entry served) {
    entry = served;
  }

  @Override
  public boolean send(ByteBuffer datagram) throws PortUnreachableException {
    try {
      return channel.write(datagram) > 0;
    } catch (PortUnreachableException e) {
      throw e;
    } catch (IOException e) {
      LOG.log(Level.FINE, "A datagram could not be sent", e);
      return true;
    }
  }

  @Override
  public int batch(int length) {
    if (batch == 0) {
      batch = Segmentation.enable(channel, length);
    }
    return batch;
  }

  @Override
  public boolean sendBatch(ByteBuffer datagrams, int length) throws PortUnreachableException {
    try {
      return channel.write(datagrams) > 0;
    } catch (PortUnreachableException e) {
      throw e;
    } catch (IOException e) {
      // The way to this client cannot do it, for instance because a block needs fragments.
      LOG.log(Level.FINE, "Blocks to this client go one by one", e);
      Segmentation.disable(channel);
      batch = 1;
      return sendOneByOne(datagrams, length);
    }
  }

  private boolean sendOneByOne(ByteBuffer datagrams, int length) throws PortUnreachableException {
    int end = datagrams.limit();
    while (datagrams.position() < end) {
      int next = Math.min(end, datagrams.position() + length);
      if (!send(datagrams.limit(next))) {
        return true;
      }
      datagrams.position(next);
    }
    return true;
  }

  @Override
  public void awaitRoom() {
    key.interestOpsOr(SelectionKey.OP_WRITE);
  }

  private void ready(SelectionKey selected, long now) throws IOException {
    if (selected.isReadable()) {
      receive(now);
    }
    if (selected.isValid() && selected.isWritable()) {
      selected.interestOps(SelectionKey.OP_READ);
      entry.transfer().writable(now);
    }
    loop.transfers().forgetIfOver(entry);
  }

  private void receive(long now) throws IOException {
    try {
      for (int i = 0; i < AT_ONCE; i++) {
        ByteBuffer in = loop.in().clear();
        if (channel.read(in) <= 0) {
          return;
        }
        entry.transfer().received(in.flip(), now);
        if (!entry.transfer().expectsMore()) {
          return;
        }
      }
    } catch (PortUnreachableException e) {
      entry.transfer().unreachable();
    }
  }

  /** An ERROR is answered by nothing, or two servers could go on for ever. */
  private void stranger(long now) throws IOException {
    ByteBuffer in = loop.in().clear();
    InetSocketAddress from = (InetSocketAddress) strangers.receive(in);
    if (from != null && !TftpCodec.isError(in.flip()) && loop.budget().takeError(now)) {
      strangers.send(TftpCodec.encode(RefusalCode.UNKNOWN_TRANSFER), from);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      strangers.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "A socket was not closed cleanly", e);
    }
  }
}
