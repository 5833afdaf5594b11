package org.slipway.ftp;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.EffectivePolicy;
import org.slipway.accounts.EffectivePolicy.Said;
import org.slipway.accounts.FtpTls;
import org.slipway.accounts.Refusal;
import org.slipway.certificates.ServerTls;
import org.slipway.ftp.wire.Reply;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.FtpSettings.Tls;
import org.slipway.settings.FtpSettings.TlsDataSession;
import org.slipway.settings.Settings;

/**
 * How one session is protected (RFC 4217).
 *
 * <p>The control connection has a TLS context of its own, so that its sessions can be resumed in
 * its own data connections and nowhere else: a data connection that resumes one comes from the
 * client itself, not from somebody who was faster. What is resumed keeps the time at which it was
 * made, by which it is told from a new one.
 */
final class SessionSecurity {
  static final String ALPN = "ftp";

  /** A session made within it could be as old as that of the control connection by chance. */
  private static final long LEAST_AGE_MILLIS = 2;

  private static final Reply TLS_NEEDED =
      new Reply(530, "TLS is required here: send AUTH TLS first.");
  private static final Reply PROTECTION_NEEDED =
      new Reply(521, "Data must be protected here: send PBSZ 0 and PROT P first.");

  private final Settings settings;
  private final ServerTls tls;
  private SSLContext context;
  private long created;
  private boolean implicit;
  private boolean bufferSizeAgreed;
  private volatile boolean dataProtected;

  SessionSecurity(Settings settings, ServerTls tls) {
    this.settings = settings;
    this.tls = tls;
  }

  boolean isOffered() {
    return settings.get(FtpSettings.TLS) != Tls.OFF;
  }

  boolean isOn() {
    return context != null;
  }

  private Said<FtpTls> tls(EffectivePolicy policy) {
    return policy.ftpTls(settings.get(FtpSettings.TLS));
  }

  private boolean isRequired(EffectivePolicy policy) {
    return tls(policy).value() == FtpTls.REQUIRED;
  }

  /** Shakes hands on the control connection. */
  void begin(ControlConnection control) throws IOException {
    SSLContext own = tls.newContext();
    control.secure(ServerTls.engine(own, ALPN));
    created = control.tlsSession().orElseThrow().getCreationTime();
    context = own;
  }

  /**
   * Why no name is taken like this, whosever it is. Where some account may do without TLS that
   * shows behind the password alone, so that nobody learns which names there are.
   */
  Optional<Reply> nameObjection(Authorization authorization) {
    return settings.get(FtpSettings.TLS) == Tls.REQUIRED
            && !isOn()
            && !authorization.isAnyExemptFromTls()
        ? Optional.of(TLS_NEEDED)
        : Optional.empty();
  }

  /** Why an account may not be logged in like this. */
  Optional<Refusal> loginRefusal(EffectivePolicy policy) {
    if (isOn() || !isRequired(policy)) {
      return Optional.empty();
    }
    String says = " (says " + tls(policy).source() + ")";
    return Optional.of(
        Refusal.of(
            Refusal.Kind.TLS_REQUIRED,
            isOffered()
                ? "TLS is required" + says + ": send AUTH TLS before USER"
                : "TLS is required" + says + ", but slipway.ftp.tls has it switched off"));
  }

  /** Why no data may move like this. */
  Optional<Reply> dataObjection(EffectivePolicy policy) {
    return !dataProtected && isRequired(policy) ? Optional.of(PROTECTION_NEEDED) : Optional.empty();
  }

  void agreeOnBufferSize() {
    bufferSizeAgreed = true;
  }

  /**
   * Where TLS is implicit, PBSZ 0 and PROT P count as sent. No RFC says so; [MS-FTPS] does, and
   * clients send both anyway.
   */
  void protectByDefault() {
    implicit = true;
    forgetDataProtection();
  }

  /** As it was before PBSZ and PROT. */
  void forgetDataProtection() {
    bufferSizeAgreed = implicit;
    dataProtected = implicit;
  }

  boolean isBufferSizeAgreed() {
    return bufferSizeAgreed;
  }

  /**
   * @param policy of the account, if one is logged in
   */
  boolean mayDataBeClear(Optional<EffectivePolicy> policy) {
    return policy
        .map(p -> !isRequired(p))
        .orElseGet(() -> settings.get(FtpSettings.TLS) != Tls.REQUIRED);
  }

  void protectData(boolean on) {
    dataProtected = on;
  }

  boolean isDataProtected() {
    return dataProtected;
  }

  TlsConnection dataConnection(SocketChannel socket) {
    return new TlsConnection(socket, ServerTls.engine(context, ALPN));
  }

  Said<TlsDataSession> sessionReuse(EffectivePolicy policy) {
    return policy.tlsDataSession(settings.get(FtpSettings.TLS_DATA_SESSION));
  }

  /** Whether a data connection, whose handshake is done, resumed the session of this one. */
  boolean isResumed(TlsConnection data) {
    return data.session().getCreationTime() == created
        && System.currentTimeMillis() - created >= LEAST_AGE_MILLIS;
  }
}
