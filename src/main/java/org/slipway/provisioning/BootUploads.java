package org.slipway.provisioning;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.leases.TftpRules;
import org.slipway.storage.VirtualPath;

/** Who may write what into the TFTP area, and where it goes. */
public interface BootUploads {

  /**
   * Decides a write request, from memory alone.
   *
   * @param path as the client named it
   * @throws org.slipway.accounts.RefusedException {@code NO_PERMISSION}, {@code BAD_NAME}
   */
  UploadGrant grant(InetAddress client, VirtualPath path);

  /** Whether a client may write at all, now; asked again and again while it does. */
  boolean isGranted(InetAddress client);

  /** A write request that may be served. */
  interface UploadGrant {

    /** Where the file goes in the TFTP area. */
    VirtualPath path();

    /** The device that has the client's address, if one is known. */
    Optional<HardwareAddress> device();

    /** What the client may do, of the device and its network together. */
    TftpRules rules();

    /**
     * Begins the upload; waits for disk and database.
     *
     * @param announced size in bytes, which must fit before the first byte; only a claim
     * @throws org.slipway.accounts.RefusedException {@code ALREADY_EXISTS}, {@code OVER_QUOTA},
     *     {@code DISK_FULL}, {@code IS_A_FOLDER}, {@code NOT_A_FOLDER}
     */
    BootUpload open(OptionalLong announced);
  }

  /**
   * One file on its way in, which nobody sees before it is whole. Waits for the disk; for one
   * thread at a time.
   */
  interface BootUpload extends AutoCloseable {

    /**
     * Appends all that the buffer holds.
     *
     * @throws org.slipway.accounts.RefusedException {@code OVER_QUOTA}, {@code DISK_FULL}, or
     *     {@code NO_PERMISSION} when the grant was taken away
     */
    void write(ByteBuffer bytes);

    /**
     * Forces the file to the disk and gives it its name.
     *
     * @return the path that it has now
     */
    VirtualPath publish();

    /** Drops it unless it was published. */
    @Override
    void close();
  }
}
