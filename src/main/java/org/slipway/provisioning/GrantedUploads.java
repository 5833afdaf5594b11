package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;
import org.slipway.leases.TftpRules;
import org.slipway.leases.TftpRules.WriteGrant;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.PortalSettings.TftpWrite;
import org.slipway.settings.Settings;
import org.slipway.storage.AuditedArea;
import org.slipway.storage.FileArea;
import org.slipway.storage.FileAreas;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;

/**
 * Grants writing as {@code slipway.tftp.write} and the records of devices and networks say. A
 * device with a grant of its own writes into its own folder; what a network grants goes into the
 * folder of the network, or where it is named; what the setting grants goes where it is named.
 */
@Singleton
public final class GrantedUploads implements BootUploads {
  /** Where the folders of devices are that were given no other one. */
  static final VirtualPath FOLDERS_OF_DEVICES = VirtualPath.parse("uploads");

  private final Settings settings;
  private final Devices devices;
  private final Networks networks;
  private final ClientRules rules;
  private final FileAreas areas;
  private final AuditTrail audit;

  @Inject
  public GrantedUploads(
      Settings settings,
      Devices devices,
      Networks networks,
      ClientRules rules,
      FileAreas areas,
      AuditTrail audit) {
    this.settings = settings;
    this.devices = devices;
    this.networks = networks;
    this.rules = rules;
    this.areas = areas;
    this.audit = audit;
  }

  /** Where a client may write, and what becomes of a name that exists. */
  private record Place(Optional<VirtualPath> folder, OnConflict onConflict) {

    /** A client that names the folder itself means the same file. */
    VirtualPath of(VirtualPath named) {
      VirtualPath path = named;
      if (folder.isPresent() && !named.startsWith(folder.get())) {
        path = folder.get();
        for (String segment : named.segments()) {
          path = path.child(segment);
        }
      }
      return path;
    }
  }

  @Override
  public UploadGrant grant(InetAddress client, VirtualPath path) {
    Optional<Device> device = devices.find(client);
    Place place = place(client, device);
    if (place.folder().filter(path::equals).isPresent()) {
      throw new RefusedException(Kind.IS_A_FOLDER, "This is a folder");
    }
    return new Granted(client, path, place, device, rules.of(client));
  }

  @Override
  public boolean isGranted(InetAddress client) {
    try {
      place(client, devices.find(client));
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private TftpRules ofNetwork(InetAddress client) {
    return networks.of(client).map(Network::tftp).orElse(TftpRules.NONE);
  }

  private Place place(InetAddress client, Optional<Device> device) {
    TftpWrite mode = settings.get(PortalSettings.TFTP_WRITE);
    if (mode == TftpWrite.OFF) {
      throw refused("slipway.tftp.write is off");
    }
    if (device.filter(d -> !d.enabled()).isPresent()) {
      throw refused("The device is disabled");
    }
    TftpRules ofNetwork = ofNetwork(client);
    Optional<WriteGrant> own = device.flatMap(d -> d.tftp().write());
    if (own.isPresent()) {
      VirtualPath folder = folder(device.get());
      return new Place(Optional.of(folder), conflict(own.get()));
    }
    if (ofNetwork.write().isPresent()) {
      return new Place(ofNetwork.uploadFolder(), conflict(ofNetwork.write().get()));
    }
    return switch (mode) {
      case CREATE -> new Place(Optional.empty(), OnConflict.REJECT);
      case OVERWRITE -> new Place(Optional.empty(), OnConflict.OVERWRITE);
      default -> throw refused("Neither the device nor its network has a grant");
    };
  }

  private static VirtualPath folder(Device device) {
    String name = device.hardwareAddress().text().replace(':', '-');
    return device.tftp().uploadFolder().orElseGet(() -> FOLDERS_OF_DEVICES.child(name));
  }

  private static OnConflict conflict(WriteGrant grant) {
    return grant.onConflict().orElseThrow(() -> refused("Writing is forbidden here"));
  }

  private static RefusedException refused(String why) {
    return new RefusedException(Kind.NO_PERMISSION, why);
  }

  private final class Granted implements UploadGrant {
    private final InetAddress client;
    private final Place place;
    private final VirtualPath path;
    private final Optional<HardwareAddress> device;
    private final TftpRules rules;

    Granted(
        InetAddress client,
        VirtualPath named,
        Place place,
        Optional<Device> device,
        TftpRules rules) {
      this.client = client;
      this.place = place;
      this.path = place.of(named);
      this.device = device.map(Device::hardwareAddress);
      this.rules = rules;
    }

    @Override
    public VirtualPath path() {
      return path;
    }

    @Override
    public Optional<HardwareAddress> device() {
      return device;
    }

    @Override
    public TftpRules rules() {
      return rules;
    }

    @Override
    public BootUpload open(OptionalLong announced) {
      String name = device.map(HardwareAddress::text).orElse("");
      Who who = new Who(name, client.getHostAddress(), "TFTP");
      FileArea area = AuditedArea.bootFiles(areas.tftpUploads(), audit, who);
      Optional<Long> bytes = announced.stream().boxed().findFirst();
      Upload upload = area.upload(path, place.onConflict(), bytes, true);
      if (announced.orElse(0) > areas.bootFiles().free(path)) {
        upload.close();
        throw new RefusedException(Kind.DISK_FULL, "The disk of the server has no such room");
      }
      return new Receiving(this, upload);
    }

    /** A grant that is taken away holds for no further byte. */
    private void requireStill() {
      Optional<Device> now = devices.find(client);
      boolean same = now.map(Device::hardwareAddress).equals(device);
      if (!same || !place(client, now).equals(place)) {
        throw refused("What the client may do has changed meanwhile");
      }
    }
  }

  private record Receiving(Granted grant, Upload upload) implements BootUpload {
    @Override
    public void write(ByteBuffer bytes) {
      grant.requireStill();
      upload.write(bytes);
    }

    @Override
    public VirtualPath publish() {
      grant.requireStill();
      return upload.publish().path();
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
