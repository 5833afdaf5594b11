package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.UnguessableId;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * The way out of a lock-out for an administrator: whoever may write into the data directory puts a
 * file {@value #REQUEST} there, and the portal answers with a link on its log and in the file
 * {@value #ANSWER}, which only its owner may read. The link works once, for ten minutes; it lifts
 * the lock-outs of one account and lets it in from the reader's address, and signs nobody in.
 */
@Singleton
public final class UnlockLink {
  public static final String REQUEST = "unlock-request";
  public static final String ANSWER = "unlock-link";
  private static final Duration VALID = Duration.ofMinutes(10);
  private static final Logger LOG = Logger.getLogger(UnlockLink.class.getName());

  private final Settings settings;
  private final LockOuts lockOuts;
  private final KnownSources knownSources;
  private final AccountDirectory directory;
  private final AuditTrail audit;
  private final Clock clock;
  private String token = "";
  private Instant until = Instant.EPOCH;

  @Inject
  public UnlockLink(
      Settings settings,
      LockOuts lockOuts,
      KnownSources knownSources,
      AccountDirectory directory,
      AuditTrail audit,
      Clock clock) {
    this.settings = settings;
    this.lockOuts = lockOuts;
    this.knownSources = knownSources;
    this.directory = directory;
    this.audit = audit;
    this.clock = clock;
  }

  /** Looks for a request, and tidies up what is over; called about once a second. */
  public synchronized void look() {
    Path request = settings.dataDirectory().resolve(REQUEST);
    try {
      if (!token.isEmpty() && !clock.instant().isBefore(until)) {
        end();
      }
      if (Files.exists(request, LinkOption.NOFOLLOW_LINKS)) {
        boolean ours = isOurs(request);
        Files.delete(request);
        if (ours) {
          answer();
        } else {
          LOG.warning(
              "A request for an unlock link was not made by the owner of the data directory");
        }
      }
    } catch (IOException e) {
      LOG.log(Level.SEVERE, "The request for an unlock link cannot be answered", e);
    }
  }

  /** A plain file of whoever owns the folder, or of root. */
  private boolean isOurs(Path request) throws IOException {
    String owner = Files.getOwner(request, LinkOption.NOFOLLOW_LINKS).getName();
    return Files.isRegularFile(request, LinkOption.NOFOLLOW_LINKS)
        && (owner.equals("root")
            || owner.equals(Files.getOwner(settings.dataDirectory()).getName()));
  }

  private void answer() throws IOException {
    token = UnguessableId.next();
    until = clock.instant().plus(VALID);
    String link =
        "http://localhost:%d/unlock.xhtml?token=%s"
            .formatted(settings.get(PortalSettings.HTTP_PORT), token);
    Path folder = settings.dataDirectory();
    Path made =
        Files.createTempFile(
            folder,
            ".unlock-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(made, link + "\n");
    Files.move(
        made,
        folder.resolve(ANSWER),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    audit.done(Who.SYSTEM, AuditAction.UNLOCK_LINK_MADE, "", null, null);
    LOG.info("This link lifts a lock-out, works once and for ten minutes: " + link);
  }

  /** Whether the page may open for this link. */
  public synchronized boolean opens(String given) {
    return given != null
        && !token.isEmpty()
        && clock.instant().isBefore(until)
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Lifts the lock-outs of an account, and lets it in from this address.
   *
   * @throws RefusedException {@code CLOSED} if the link is not the one, was used, or is too old
   */
  public synchronized void use(String given, String username, InetAddress address, Who who) {
    if (!opens(given)) {
      throw new RefusedException(Refusal.Kind.CLOSED, "The unlock link is not valid any more");
    }
    Source source = Source.of(address);
    lockOuts.liftAccount(username, who);
    lockOuts.clearSource(source);
    directory.byUsername(username).ifPresent(a -> knownSources.remember(a.id(), source));
    audit.done(who, AuditAction.UNLOCK_LINK_USED, username, null, null);
    try {
      end();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The file " + ANSWER + " cannot be deleted", e);
    }
  }

  private void end() throws IOException {
    token = "";
    Files.deleteIfExists(settings.dataDirectory().resolve(ANSWER));
  }
}
