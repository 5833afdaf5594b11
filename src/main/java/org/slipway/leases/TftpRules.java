package org.slipway.leases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Violation;
import org.slipway.storage.VirtualPath;

/**
 * What one device, or every device of a network, may do by TFTP. What is not said here is said by
 * the next wider place: the network of the device, then the settings.
 *
 * @param maxBlksize largest block size that is granted, in octets (RFC 2348)
 * @param maxWindowsize largest window that is granted, in blocks (RFC 7440)
 * @param options false answers as if no option had been asked for (RFC 2347), for clients that
 *     break on an OACK
 * @param rollover the block number that follows 65535: 0 or 1
 * @param write whether it may write, and what becomes of a name that exists
 * @param uploadFolder where it writes, in the TFTP area
 */
public record TftpRules(
    Optional<Integer> maxBlksize,
    Optional<Integer> maxWindowsize,
    Optional<Boolean> options,
    Optional<Integer> rollover,
    Optional<WriteGrant> write,
    Optional<VirtualPath> uploadFolder) {

  /** RFC 2348: 8 to 65464 octets. */
  private static final int SMALLEST_BLOCK = 8;

  private static final int LARGEST_BLOCK = 65464;

  /** RFC 7440: 1 to 65535 blocks. */
  private static final int LARGEST_WINDOW = 65535;

  /** Nothing said. */
  public static final TftpRules NONE =
      new TftpRules(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Whether a write request is granted. */
  public enum WriteGrant {
    /** No, whatever the network says. */
    NONE(null),
    REJECT(OnConflict.REJECT),
    OVERWRITE(OnConflict.OVERWRITE),
    RENAME(OnConflict.RENAME);

    private final OnConflict onConflict;

    WriteGrant(OnConflict onConflict) {
      this.onConflict = onConflict;
    }

    /** What becomes of a name that exists; empty where nothing may be written. */
    public Optional<OnConflict> onConflict() {
      return Optional.ofNullable(onConflict);
    }
  }

  /** These, and what {@code wider} says where they are silent. */
  public TftpRules over(TftpRules wider) {
    return new TftpRules(
        maxBlksize.or(wider::maxBlksize),
        maxWindowsize.or(wider::maxWindowsize),
        options.or(wider::options),
        rollover.or(wider::rollover),
        write.or(wider::write),
        uploadFolder.or(wider::uploadFolder));
  }

  /**
   * What is wrong with them.
   *
   * @param prefix put before the name of each field, such as {@code tftp.}
   */
  public List<Violation> violations(String prefix) {
    List<Violation> violations = new ArrayList<>();
    if (outside(maxBlksize, SMALLEST_BLOCK, LARGEST_BLOCK)) {
      violations.add(
          new Violation(prefix + "maxBlksize", "blksize.range", "A number from 8 to 65464"));
    }
    if (outside(maxWindowsize, 1, LARGEST_WINDOW)) {
      violations.add(
          new Violation(prefix + "maxWindowsize", "windowsize.range", "A number from 1 to 65535"));
    }
    if (outside(rollover, 0, 1)) {
      violations.add(new Violation(prefix + "rollover", "rollover.choice", "Either 0 or 1"));
    }
    return violations;
  }

  private static boolean outside(Optional<Integer> value, int least, int most) {
    return value.filter(v -> v < least || v > most).isPresent();
  }

  /** What is said, for the audit trail; empty where nothing is. */
  public Optional<String> described() {
    Map<String, Object> said = new LinkedHashMap<>();
    maxBlksize.ifPresent(v -> said.put("maxBlksize", v));
    maxWindowsize.ifPresent(v -> said.put("maxWindowsize", v));
    options.ifPresent(v -> said.put("options", v));
    rollover.ifPresent(v -> said.put("rollover", v));
    write.ifPresent(v -> said.put("write", v));
    uploadFolder.ifPresent(v -> said.put("uploadFolder", v));
    return said.isEmpty() ? Optional.empty() : Optional.of(said.toString());
  }
}
