package org.slipway.tftp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slipway.listeners.ListenerThreads;
import org.slipway.listeners.ProtocolListener;
import org.slipway.provisioning.BootContent;
import org.slipway.provisioning.BootUploads;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;
import org.slipway.transfers.Transfers;

/** The TFTP server as a listener that can be started and stopped. */
@Singleton
public final class TftpListener implements ProtocolListener {
  private static final long STOP_SECONDS = 5;

  private final Settings settings;
  private final BootContent content;
  private final BootUploads uploads;
  private final Transfers transfers;
  private final RequestJournal journal;
  private final ListenerThreads threads;
  private volatile Running running;

  /** One life between bind and stop. */
  private static final class Running {
    private final TransferLoop loop;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean serving;
    private boolean closed;

    Running(TransferLoop loop) {
      this.loop = loop;
    }

    /** False if it was stopped before it was served. */
    synchronized boolean begin() {
      serving = !closed;
      return serving;
    }

    synchronized boolean isServed() {
      closed = true;
      return serving;
    }
  }

  @Inject
  public TftpListener(
      Settings settings,
      BootContent content,
      BootUploads uploads,
      Transfers transfers,
      RequestJournal journal,
      ListenerThreads threads) {
    this.settings = settings;
    this.content = content;
    this.uploads = uploads;
    this.transfers = transfers;
    this.journal = journal;
    this.threads = threads;
  }

  @Override
  public String protocol() {
    return "tftp";
  }

  @Override
  public boolean enabled() {
    return settings.get(PortalSettings.TFTP_ENABLED);
  }

  @Override
  public int configuredPort() {
    return settings.get(PortalSettings.TFTP_PORT);
  }

  @Override
  public InetSocketAddress bind() throws IOException {
    TransferLoop loop = new TransferLoop();
    try {
      InetSocketAddress address = open(loop);
      running = new Running(loop);
      return address;
    } catch (IOException | RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  /** The loop closes what is registered with it. */
  private InetSocketAddress open(TransferLoop loop) throws IOException {
    SecureRandom random = new SecureRandom();
    PortAllocation ports =
        new PortAllocation(settings.get(PortalSettings.TFTP_TRANSFER_PORTS), loop, random);
    ReadRequests reads =
        new ReadRequests(settings, content, transfers, journal, threads, random, loop, ports);
    WriteRequests writes =
        new WriteRequests(settings, uploads, transfers, journal, threads, random, loop, ports);
    Reception reception =
        new Reception(settings, loop, reads, writes, journal, ports.isSinglePort());
    List<DatagramChannel> channels =
        ListeningSockets.open(settings.get(PortalSettings.BIND_ADDRESS), configuredPort());
    for (DatagramChannel channel : channels) {
      new ListeningSocket(channel, loop, reception);
    }
    loop.regularly(() ->
        loop.transfers().stopIf(entry -> !isServed(entry), "the client is not served any more"));
    return (InetSocketAddress) channels.getFirst().getLocalAddress();
  }

  private boolean isServed(TransferTable.Entry entry) {
    InetAddress client = entry.client().getAddress();
    return entry.request() instanceof WriteRequest
        ? uploads.isGranted(client)
        : content.isServed(client);
  }

  @Override
  public void serve() throws IOException {
    Running mine = running;
    if (mine == null || !mine.begin()) {
      return;
    }
    try {
      mine.loop.run();
    } finally {
      end(mine);
    }
  }

  /** Whatever becomes of its transfers, its port is free afterwards. */
  private static void end(Running running) {
    try {
      running.loop.transfers().stopAll("the listener was stopped");
    } finally {
      running.loop.close();
      running.ended.countDown();
    }
  }

  @Override
  public void stop() {
    Running mine = running;
    running = null;
    if (mine == null) {
      return;
    }
    if (!mine.isServed()) {
      mine.loop.close();
      return;
    }
    mine.loop.stop();
    try {
      mine.ended.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
