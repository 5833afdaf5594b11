package org.slipway.ftp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.slipway.accounts.InvalidInputException;
import org.slipway.certificates.CertificateFacts;
import org.slipway.certificates.ServerCertificate;
import org.slipway.ftp.FtpFinding.Grade;
import org.slipway.ftp.FtpFinding.Kind;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.PublicAddresses;
import org.slipway.settings.SettingText;
import org.slipway.settings.Settings;

/**
 * Whether a client of some address can come and move data, as far as this machine can know: what
 * stands in the way most often is a NAT of which the settings do not know.
 */
@Singleton
public final class FtpSelfCheck {
  private static final Logger LOG = Logger.getLogger(FtpSelfCheck.class.getName());
  private static final int USUAL_PORT = 21;
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;
  private static final int MOST_NAMED = 10;

  private final FtpListener listener;
  private final ServerCertificate certificate;

  /** One at a time: each binds ports and opens connections. */
  private final ReentrantLock checking = new ReentrantLock();

  @Inject
  public FtpSelfCheck(FtpListener listener, ServerCertificate certificate) {
    this.listener = listener;
    this.certificate = certificate;
  }

  /**
   * What was found.
   *
   * @param pasvAddress what PASV would tell the client; empty where it is refused
   * @param pasvDecidedBy the setting that says so; empty if none does
   */
  public record Result(
      InetAddress client,
      Optional<InetAddress> pasvAddress,
      Optional<String> pasvDecidedBy,
      List<FtpFinding> findings) {
    public Result {
      findings = List.copyOf(findings);
    }

    /** That of the worst finding. */
    public Grade grade() {
      return findings.stream()
          .map(f -> f.kind().grade())
          .max(Comparator.naturalOrder())
          .orElse(Grade.OK);
    }
  }

  /**
   * The address of a client, as somebody has written it.
   *
   * @param field how the writer names it
   * @throws InvalidInputException if it is none that a client can have
   */
  public static InetAddress clientAddress(String field, String text) {
    try {
      InetAddress address = SettingText.address(text.strip());
      if (!address.isAnyLocalAddress() && !address.isMulticastAddress()) {
        return InetAddress.getByAddress(address.getAddress());
      }
    } catch (IllegalArgumentException | UnknownHostException e) {
      // The same.
    }
    throw new InvalidInputException(
        field, "clientAddress", "A numeric IPv4 or IPv6 address of a client is needed");
  }

  /** Looks at everything; takes some seconds at most. */
  public Result check(InetAddress client) {
    checking.lock();
    try {
      Optional<InetSocketAddress> bound = listener.boundAddress();
      if (bound.isEmpty()) {
        return new Result(
            client, Optional.empty(), Optional.empty(), List.of(Kind.NOT_LISTENING.with()));
      }
      return check(client, bound.get());
    } catch (IOException e) {
      // The listener was stopped this moment.
      LOG.log(Level.FINE, "The listener cannot be looked at", e);
      return new Result(
          client, Optional.empty(), Optional.empty(), List.of(Kind.NOT_LISTENING.with()));
    } finally {
      checking.unlock();
    }
  }

  private Result check(InetAddress client, InetSocketAddress bound) {
    List<FtpFinding> findings = new ArrayList<>();
    Optional<InetAddress> own =
        bound.getAddress().isAnyLocalAddress()
            ? LocalAddress.towards(client)
            : Optional.of(bound.getAddress());
    listener(client, bound, own, findings);
    Optional<AnnouncedAddress> told =
        own.filter(address -> client instanceof Inet4Address)
            .flatMap(address -> AnnouncedAddress.of(settings(), address, client));
    told.ifPresent(announced -> pasv(client, announced, bound.getPort(), findings));
    if (!(client instanceof Inet4Address)) {
      findings.add(Kind.PASV_NOT_FOR_IPV6.with(client.getHostAddress()));
    }
    findings.add(Kind.EPSV.with());
    passivePorts(own.orElse(bound.getAddress()), findings);
    tls(findings);
    findings.add(
        settings().get(FtpSettings.ACTIVE) ? Kind.ACTIVE_ON.with() : Kind.ACTIVE_OFF.with());
    findings.add(
        new LoopbackTrial(listener.services(), certificate).run(bound, listener.implicitTlsPort()));
    return new Result(
        client,
        told.map(AnnouncedAddress::address),
        told.flatMap(FtpSelfCheck::decidedBy),
        findings);
  }

  private Settings settings() {
    return listener.services().settings();
  }

  private static Optional<String> decidedBy(AnnouncedAddress told) {
    return switch (told.source()) {
      case PUBLIC_ADDRESSES -> Optional.of(FtpSettings.PUBLIC_ADDRESSES.name());
      case PUBLIC_ADDRESS -> Optional.of(FtpSettings.PUBLIC_ADDRESS.name());
      case CONTROL_CONNECTION -> Optional.empty();
    };
  }

  private void listener(
      InetAddress client,
      InetSocketAddress bound,
      Optional<InetAddress> own,
      List<FtpFinding> findings) {
    String address = bound.getAddress().getHostAddress();
    int port = bound.getPort();
    findings.add(
        bound.getAddress().isAnyLocalAddress()
            ? Kind.LISTENING_EVERYWHERE.with()
            : Kind.LISTENING.with(address));
    if (own.isEmpty()) {
      findings.add(Kind.NO_WAY.with(client.getHostAddress()));
    } else if (own.get() instanceof Inet4Address != client instanceof Inet4Address) {
      findings.add(Kind.OTHER_FAMILY.with(client.getHostAddress(), address));
    }
    if (port < FIRST_UNPRIVILEGED_PORT) {
      findings.add(Kind.PRIVILEGED_PORT.with(port));
    }
    if (port != USUAL_PORT) {
      findings.add(Kind.UNPRIVILEGED_PORT.with(port));
    }
    findings.add(
        listener
            .implicitTlsPort()
            .map(implicit -> Kind.IMPLICIT_TLS_ON.with(implicit))
            .orElseGet(() -> Kind.IMPLICIT_TLS_OFF.with()));
  }

  private void pasv(
      InetAddress client, AnnouncedAddress announced, int port, List<FtpFinding> findings) {
    String from = client.getHostAddress();
    InetAddress told = announced.address();
    String address = told.getHostAddress();
    findings.add(
        switch (announced.source()) {
          case PUBLIC_ADDRESSES ->
              Kind.PASV_PUBLIC_ADDRESSES.with(
                  address, announced.rule().map(PublicAddresses.Rule::toString).orElse(""));
          case PUBLIC_ADDRESS -> Kind.PASV_PUBLIC_ADDRESS.with(address);
          case CONTROL_CONNECTION -> Kind.PASV_OWN.with(address);
        });
    settings()
        .get(FtpSettings.PUBLIC_ADDRESS)
        .filter(configured -> !(configured instanceof Inet4Address))
        .ifPresent(v6 -> findings.add(Kind.PUBLIC_ADDRESS_IPV6.with(v6.getHostAddress())));
    if (told.isLoopbackAddress() && !LocalAddress.isOwn(client)) {
      findings.add(Kind.TOLD_LOOPBACK.with(address, from));
    } else if (LocalAddress.isPrivate(told) && !LocalAddress.isPrivate(client)) {
      findings.add(Kind.TOLD_PRIVATE.with(address, from));
    } else if (LocalAddress.isPrivate(client)
        && !LocalAddress.isPrivate(told)
        && !LocalAddress.isOwn(told)) {
      findings.add(Kind.TOLD_OUTSIDE.with(address, from));
    }
    if (!LocalAddress.isOwn(told)) {
      String ports =
          listener.implicitTlsPort().map(implicit -> port + ", " + implicit).orElse("" + port);
      findings.add(
          Kind.TOLD_ELSEWHERE.with(address, ports, settings().get(FtpSettings.PASSIVE_PORTS)));
    }
  }

  private void passivePorts(InetAddress local, List<FtpFinding> findings) {
    String range = settings().get(FtpSettings.PASSIVE_PORTS).toString();
    try {
      findings.add(verdict(listener.services().passivePorts().tryOut(local)));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The passive ports cannot be tried", e);
      findings.add(Kind.PORTS_UNTRIED.with(range));
    }
    int size = settings().get(FtpSettings.PASSIVE_PORTS).size();
    int sessions = settings().get(FtpSettings.MAX_SESSIONS);
    if (size < sessions) {
      findings.add(Kind.PORTS_FEW.with(size, sessions));
    }
  }

  private static FtpFinding verdict(PassivePorts.Trial trial) {
    if (trial.forbidden() > 0) {
      return Kind.PORTS_FORBIDDEN.with(trial.range(), trial.forbidden());
    }
    if (trial.isHopeless()) {
      return Kind.PORTS_ALL_TAKEN.with(trial.range());
    }
    if (trial.taken().isEmpty()) {
      return Kind.PORTS_FREE.with(trial.range(), trial.tried(), trial.own());
    }
    String some =
        trial.taken().stream()
            .limit(MOST_NAMED)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return Kind.PORTS_TAKEN.with(
        trial.range(),
        trial.tried(),
        trial.taken().size(),
        trial.taken().size() > MOST_NAMED ? some + ", …" : some);
  }

  private void tls(List<FtpFinding> findings) {
    FtpSettings.Tls mode = settings().get(FtpSettings.TLS);
    if (mode == FtpSettings.Tls.OFF) {
      findings.add(Kind.TLS_OFF.with());
      return;
    }
    CertificateFacts facts = certificate.facts();
    LocalDate end = facts.validTo().atZone(ZoneOffset.UTC).toLocalDate();
    Kind kind =
        switch (certificate.state()) {
          case VALID -> Kind.TLS_READY;
          case SELF_SIGNED -> Kind.TLS_SELF_SIGNED;
          case EXPIRES_SOON -> Kind.TLS_EXPIRES_SOON;
          case EXPIRED -> Kind.TLS_EXPIRED;
        };
    findings.add(kind.with(mode.name().toLowerCase(Locale.ROOT), end));
  }
}
