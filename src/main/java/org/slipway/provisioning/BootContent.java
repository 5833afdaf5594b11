package org.slipway.provisioning;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slipway.leases.TftpRules;
import org.slipway.storage.VirtualPath;

/** What a device may fetch, and the proof that it has it. */
public interface BootContent {

  /**
   * Opens what the name stands for: the rendered list of the device's run, a file that the rules
   * lead to, or the text that a template makes for the device. It stays the same until it is
   * closed.
   *
   * @param protocol {@code TFTP} or {@code HTTP}
   * @param asked the name as the client spells it
   * @throws org.slipway.accounts.RefusedException {@code NO_SUCH_FILE}, {@code IS_A_FOLDER}, {@code
   *     NO_PERMISSION}, {@code BAD_NAME}
   */
  BootTransfer open(String protocol, InetAddress client, VirtualPath asked);

  /** What the client may do by TFTP beside what the settings say. */
  TftpRules rules(InetAddress client);

  /** Whether the client may fetch anything now; what it fetches already ends when it may not. */
  boolean isServed(InetAddress client);

  /**
   * One fetch of one file by one client. Exactly one of {@link #delivered}, {@link #sizeProbed},
   * {@link #unacknowledged} and {@link #aborted} ends it; {@link #close} without any of them counts
   * as aborted.
   */
  interface BootTransfer extends AutoCloseable {

    /** In bytes. */
    long size();

    /** Another content has another tag, here without its quotes (RFC 9110 section 8.8.3). */
    String tag();

    /**
     * Reads at an absolute position until the buffer is full or the file ends; -1 at the end.
     *
     * @throws BrokenOffException if the client may no longer have it, or if the file was written to
     *     since it was opened: two versions are never mixed
     */
    int read(ByteBuffer into, long position) throws IOException;

    /** Lets the system fetch a stretch, in bytes, from the disk before it is read. */
    void willRead(long position, long length);

    /** The device that has the client's address, if one is known. */
    Optional<HardwareAddress> device();

    /** The last block is on its way: a boot request waits for its acknowledgement. */
    void lastBlockSent();

    /** The peer has acknowledged the last block (the whole file). */
    void delivered();

    /** The last block was sent again and again and never acknowledged. */
    void neverAcknowledged();

    /**
     * The peer has gone, or is given up, when all was sent and only the last block was not
     * acknowledged. Once proves little: it counts when a device does so again and again.
     *
     * @param reason short, for an administrator
     */
    void unacknowledged(String reason);

    /** The peer only asked for the size and went away: no failure. */
    void sizeProbed();

    /**
     * @param bytes that went out
     * @param reason short, for an administrator
     */
    void aborted(long bytes, String reason);

    @Override
    void close();
  }
}
