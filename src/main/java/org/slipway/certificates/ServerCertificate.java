package org.slipway.certificates;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.settings.BadSettingException;
import org.slipway.settings.Settings;

/**
 * The certificate that the portal shows, whatever the protocol. The next handshake after a change
 * shows the new one; connections that are open go on.
 */
@Singleton
public final class ServerCertificate {
  private static final Logger LOG = Logger.getLogger(ServerCertificate.class.getName());
  private static final String SUBJECT = "console";

  private final KeyFolder folder;
  private final AuditTrail audit;
  private final Clock clock;
  private final CurrentKey current = new CurrentKey();
  private final List<Runnable> onReplaced = new CopyOnWriteArrayList<>();
  private final ReentrantLock replacing = new ReentrantLock();
  private volatile CertificateFacts facts;

  @Inject
  public ServerCertificate(Settings settings, AuditTrail audit, Clock clock) {
    this.folder = new KeyFolder(settings.dataDirectory().resolve("keys"), SUBJECT);
    this.audit = audit;
    this.clock = clock;
    use(loadOrMake());
  }

  private KeyEntry loadOrMake() {
    try {
      Optional<KeyEntry> kept = folder.load();
      if (kept.isPresent()) {
        return kept.get();
      }
      KeyEntry made = SelfSigned.make(CertificateName.ofThisMachine(), clock.instant());
      folder.save(made);
      audit.done(
          Who.SYSTEM,
          AuditAction.CERTIFICATE_MADE,
          SUBJECT,
          null,
          CertificateFacts.of(made).toString());
      return made;
    } catch (InvalidInputException e) {
      throw new BadSettingException(
          "keys/console.pem in the data directory cannot be read: %s. Repair it, or move it away and a new one is made"
              .formatted(e.violations().getFirst().message()));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder keys of the data directory cannot be used", e);
    }
  }

  private void use(KeyEntry entry) {
    current.use(entry);
    facts = CertificateFacts.of(entry);
  }

  /** What anybody may know of the certificate that is shown now. */
  public CertificateFacts facts() {
    return facts;
  }

  public CertificateState state() {
    return facts.state(clock.instant());
  }

  /** The certificates that are sent now, as PEM; whoever trusts a self-signed one needs it. */
  public String pem() {
    return KeyFolder.certificates(current.entry());
  }

  /** Always answers with the key of the moment; good for as long as the portal runs. */
  public X509ExtendedKeyManager keyManager() {
    return current;
  }

  /** Calls back after each change. */
  public void onReplaced(Runnable listener) {
    onReplaced.add(listener);
  }

  /**
   * Takes a certificate and its key in PEM.
   *
   * @throws InvalidInputException if they cannot be used; nothing has changed then
   */
  public void replaceWithPem(String certificates, String key, char[] passphrase, Who who) {
    replaceWithPem(certificates, key, passphrase, Optional.empty(), who);
  }

  /**
   * The same, if nobody else was faster.
   *
   * @param shown the fingerprint of the one that is to be replaced; empty for whichever it is
   * @throws RefusedException {@code CHANGED_MEANWHILE} if it is another one
   */
  public void replaceWithPem(
      String certificates, String key, char[] passphrase, Optional<String> shown, Who who) {
    replace(
        () -> UploadedKey.ofPem(certificates, key, passphrase),
        AuditAction.CERTIFICATE_REPLACED,
        shown,
        who);
  }

  /** The same from a PKCS#12 file. */
  public void replaceWithPkcs12(byte[] store, char[] passphrase, Who who) {
    replaceWithPkcs12(store, passphrase, Optional.empty(), who);
  }

  /** The same, if nobody else was faster. */
  public void replaceWithPkcs12(byte[] store, char[] passphrase, Optional<String> shown, Who who) {
    replace(
        () -> UploadedKey.ofPkcs12(store, passphrase),
        AuditAction.CERTIFICATE_REPLACED,
        shown,
        who);
  }

  /**
   * Makes a new key and a certificate for these names; for this machine's own where there is none.
   */
  public void makeSelfSigned(List<String> names, Who who) {
    replace(
        () ->
            SelfSigned.make(
                names.isEmpty() ? CertificateName.ofThisMachine() : CertificateName.parseAll(names),
                clock.instant()),
        AuditAction.CERTIFICATE_MADE,
        Optional.empty(),
        who);
  }

  private void replace(
      Supplier<KeyEntry> source, AuditAction action, Optional<String> shown, Who who) {
    replacing.lock();
    try {
      if (shown.isPresent() && !shown.get().equals(facts.fingerprint())) {
        throw new RefusedException(
            Refusal.Kind.CHANGED_MEANWHILE, "It was changed meanwhile; read it again");
      }
      KeyEntry entry = source.get();
      CertificateRules.check(entry, clock.instant());
      folder.save(entry);
      CertificateFacts before = facts;
      use(entry);
      audit.done(who, action, SUBJECT, before.toString(), facts.toString());
      LOG.info(() -> "The certificate is now " + facts);
      onReplaced.forEach(Runnable::run);
    } catch (InvalidInputException e) {
      audit.refused(who, action, SUBJECT, e.violations().getFirst().message());
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder keys of the data directory cannot be used", e);
    } finally {
      replacing.unlock();
    }
  }
}
