package org.slipway.bootp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.bootp.BootpPool.Outcome;
import org.slipway.bootp.BootpResponder.Reply;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.listeners.ListenerThreads;
import org.slipway.provisioning.BootAssignments;
import org.slipway.provisioning.BootDecision;
import org.slipway.provisioning.BootProtocol;
import org.slipway.provisioning.BootRequest;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/** Takes one datagram after the other from the loop and answers it, or records why not. */
final class BootpService {
  private static final Logger LOG = Logger.getLogger(BootpService.class.getName());

  static final int MOST_WAITING = 256;
  static final long WAIT_MILLIS = 100;

  /** No DHCP message of ours is longer than an Ethernet frame. */
  private static final int REPLY_ROOM = 1500;

  private final Settings settings;
  private final ServerAddress serverAddress;
  private final BootAssignments assignments;
  private final BootpPool pool;
  private final DhcpMessages dhcp;
  private final PacketJournal journal;
  private final OtherServers others;
  private final ListenerThreads threads;
  private final BootpCounters counters;
  private final LongSupplier nanoTime;
  private final BootpSocket socket;
  private final String hostName;
  private final RecentReplies recent = new RecentReplies();
  private final LeftOutOptions leftOut = new LeftOutOptions();
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final ByteBuffer reply = ByteBuffer.allocateDirect(REPLY_ROOM);
  private final ByteBuffer written = ByteBuffer.allocateDirect(REPLY_ROOM);
  private Optional<String> namedAs = Optional.empty();
  private volatile ServerName serverName;

  BootpService(
      Settings settings,
      ServerAddress serverAddress,
      BootAssignments assignments,
      BootpPool pool,
      DhcpMessages dhcp,
      PacketJournal journal,
      OtherServers others,
      ListenerThreads threads,
      BootpCounters counters,
      LongSupplier nanoTime,
      BootpSocket socket) {
    this.settings = settings;
    this.serverAddress = serverAddress;
    this.assignments = assignments;
    this.pool = pool;
    this.dhcp = dhcp;
    this.journal = journal;
    this.others = others;
    this.threads = threads;
    this.counters = counters;
    this.nanoTime = nanoTime;
    this.socket = socket;
    this.hostName = ServerName.hostName();
    this.serverName = ServerName.of(namedAs, hostName);
  }

  /** For the one thread of the loop: the reply buffer is used again and again. */
  void handle(ByteBuffer datagram, BootpSocket.Arrival arrival) throws IOException {
    if (others.isOurSearch(datagram)) {
      return;
    }
    counters.received.increment();
    others.heard(datagram, arrival.source().getAddress());
    journal.received(datagram, arrival.source(), socket.localAddress());
    switch (Reception.of(datagram, arrival, rules())) {
      case Reception.Request request -> bootp(request);
      case Reception.Dhcp message -> act(message, true, reply);
      case Reception.Ignored ignored ->
          unanswered(
              BootProtocol.BOOTP, ignored.hardwareAddress(), arrival.source(), ignored.reason());
    }
  }

  private Reception.Rules rules() {
    return new Reception.Rules(
        settings.get(PortalSettings.BOOTP_STRICT), serverName(), this::isOurSocket);
  }

  /** The setting may change while we run; working out the names for each packet would be waste. */
  private ServerName serverName() {
    Optional<String> configured = settings.get(PortalSettings.BOOTP_SERVER_NAME);
    if (!configured.equals(namedAs)) {
      namedAs = configured;
      serverName = ServerName.of(configured, hostName);
    }
    return serverName;
  }

  private boolean isOurSocket(InetSocketAddress source) {
    return source.getPort() == socket.localAddress().getPort()
        && serverAddress.isLocal(source.getAddress());
  }

  private void bootp(Reception.Request request) throws IOException {
    Outcome pooled = pool.offer(request);
    if (pooled instanceof Outcome.Exhausted) {
      unanswered(
          BootProtocol.BOOTP,
          Optional.of(request.hardwareAddress()),
          request.source(),
          SilenceReason.POOL_EXHAUSTED);
      return;
    }
    act(new BootpQuestion(request, pooled), true, reply);
  }

  private void act(BootpQuestion question, boolean mayWait, ByteBuffer buffer) throws IOException {
    BootRequest asked = question.bootRequest();
    switch (mayWait ? assignments.decide(asked) : assignments.decideNow(asked)) {
      case BootDecision.Offer offer when question.pooled() instanceof Outcome.Offered address ->
          answerWhenKept(question.request(), offer, address);
      case BootDecision.Offer offer -> answer(question.request(), offer, buffer);
      case BootDecision.Silence silence -> counters.unanswered.increment();
      case BootDecision.Wait wait -> waitFor(wait.settled(), b -> act(question, false, b));
    }
  }

  private void act(Reception.Dhcp received, boolean mayWait, ByteBuffer buffer) throws IOException {
    DhcpMessage message = received.message();
    switch (dhcp.answer(message, mayWait)) {
      case DhcpAnswer.Send send -> send(send, message, buffer);
      case DhcpAnswer.SendWhen later -> sendWhenWritten(message, later.written());
      case DhcpAnswer.AskAgain again -> waitFor(again.settled(), b -> act(received, false, b));
      case DhcpAnswer.AsBootp asBootp ->
          bootp(
              new Reception.Request(
                  message.packet(),
                  message.hardwareAddress(),
                  new BootpSocket.Arrival(message.source(), message.interfaceIndex())));
      case DhcpAnswer.Unanswered no -> {
        others.notAsked(message, no.reason());
        unanswered(
            BootProtocol.DHCP,
            Optional.of(message.hardwareAddress()),
            message.source(),
            no.reason());
      }
      case DhcpAnswer.Nothing nothing -> counters.unanswered.increment();
    }
  }

  private void send(DhcpAnswer.Send send, DhcpMessage to, ByteBuffer buffer) throws IOException {
    BootpCodec.encode(send.packet(), buffer.clear());
    transmit(buffer.flip(), send.to(), send.server(), to.interfaceIndex());
  }

  private void transmit(ByteBuffer packet, ReplyAddress to, Inet4Address server, int interfaceIndex)
      throws IOException {
    journal.sent(
        packet, new InetSocketAddress(server, socket.localAddress().getPort()), to.destination());
    socket.send(packet, to, server, interfaceIndex);
    counters.replies.increment();
  }

  /** On the thread that has written it, which loses no time by a datagram. */
  private void sendWhenWritten(DhcpMessage message, CompletableFuture<DhcpAnswer.Send> future) {
    future.whenComplete((send, failure) -> {
      if (failure != null) {
        notWritten(BootProtocol.DHCP, message.hardwareAddress(), message.source());
      } else {
        afterwards(buffer -> send(send, message, buffer));
      }
    });
  }

  /** An address of a pool is told when it is durable that the device has it. */
  private void answerWhenKept(
      Reception.Request request, BootDecision.Offer offer, Outcome.Offered address) {
    address
        .keep()
        .keep()
        .whenComplete((kept, failure) -> {
          if (failure != null) {
            notWritten(BootProtocol.BOOTP, request.hardwareAddress(), request.source());
          } else {
            afterwards(buffer -> answer(request, offer, buffer));
          }
        });
  }

  private void notWritten(
      BootProtocol protocol, HardwareAddress hardwareAddress, InetSocketAddress source) {
    unanswered(protocol, Optional.of(hardwareAddress), source, SilenceReason.LEASE_NOT_WRITTEN);
  }

  /** Beside the loop, whose top does not catch it; one after the other, in one buffer. */
  private void afterwards(Again sending) {
    synchronized (written) {
      try {
        sending.ask(written);
      } catch (IOException | RuntimeException e) {
        fault(e);
      }
    }
  }

  private void fault(Exception e) {
    if (!socket.isClosed()) {
      counters.faults.increment();
      LOG.log(Level.SEVERE, "A request that had to wait was not answered", e);
    }
  }

  private void answer(Reception.Request request, BootDecision.Offer offer, ByteBuffer buffer)
      throws IOException {
    BootpPacket packet = request.packet();
    long now = nanoTime.getAsLong();
    RecentReplies.OfDevice sent = recent.of(packet.hardware());
    Inet4Address server = sent.repeat(packet.xid(), offer.stamp(), now, buffer.clear());
    if (server != null) {
      counters.repeated.increment();
    } else {
      server = compose(request, offer, buffer);
      if (server == null) {
        return;
      }
      sent.keep(packet.xid(), offer.stamp(), now, server, buffer);
    }
    transmit(buffer, replyAddress(request), server, request.arrival().interfaceIndex());
  }

  private ReplyAddress replyAddress(Reception.Request request) {
    return ReplyAddress.of(
        request.packet(),
        request.source(),
        settings.get(PortalSettings.BOOTP_CLIENT_PORT),
        settings.get(PortalSettings.BOOTP_RELAY_PORT));
  }

  /**
   * Writes a new reply into the buffer.
   *
   * @return the address that the device is told; null if there is none and thus no reply
   */
  private Inet4Address compose(
      Reception.Request request, BootDecision.Offer offer, ByteBuffer buffer) {
    Optional<InetAddress> device =
        offer.address().or(() -> BootpQuestion.set(request.packet().ciaddr()));
    Inet4Address server =
        serverAddress
            .forDevice(offer.network(), device, request.arrival().interfaceIndex())
            .orElse(null);
    if (server == null) {
      unanswered(
          BootProtocol.BOOTP,
          Optional.of(request.hardwareAddress()),
          request.source(),
          SilenceReason.SERVER_ADDRESS_UNKNOWN);
      return null;
    }
    Reply composed = BootpResponder.reply(request.packet(), offer, server, serverName.offered());
    leftOut.report(request.hardwareAddress(), composed.leftOut());
    BootpCodec.encode(composed.packet(), buffer.clear());
    buffer.flip();
    return server;
  }

  /** What is asked again, or sent, when it has waited. */
  @FunctionalInterface
  private interface Again {
    void ask(ByteBuffer buffer) throws IOException;
  }

  /** Beside the loop, which goes on; without room to wait the question is settled at once. */
  private void waitFor(CompletableFuture<Void> settled, Again again) throws IOException {
    if (!waiting.tryAcquire()) {
      again.ask(reply);
      return;
    }
    counters.waited.increment();
    boolean handedOver = false;
    try {
      threads.session("bootp", () -> askWhenSettled(settled, again));
      handedOver = true;
    } finally {
      if (!handedOver) {
        waiting.release();
      }
    }
  }

  private void askWhenSettled(CompletableFuture<Void> settled, Again again) {
    try {
      awaitSettled(settled);
      again.ask(ByteBuffer.allocateDirect(REPLY_ROOM));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      fault(e);
    } finally {
      waiting.release();
    }
  }

  private static void awaitSettled(CompletableFuture<Void> settled) throws InterruptedException {
    try {
      settled.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Level.FINE, "Not settled; decided as it stands", e);
    }
  }

  private void unanswered(
      BootProtocol protocol,
      Optional<HardwareAddress> hardwareAddress,
      InetSocketAddress source,
      SilenceReason reason) {
    counters.unanswered.increment();
    assignments.unanswered(protocol, hardwareAddress, source, reason);
  }
}
