package org.slipway.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.bootp.CapturedPacket;
import org.slipway.bootp.PacketFields;
import org.slipway.bootp.PacketJournal;
import org.slipway.bootp.PcapFile;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.HardwareVendors;

/** What a device, known or not, last asked and got, as it went over the wire. */
@Named
@ViewScoped
public class PacketsPage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient PacketJournal journal;
  @Inject private transient Devices devices;
  @Inject private transient HardwareVendors vendors;
  @Inject private transient Me me;
  private String mac;
  private String hardwareAddress;
  private transient List<CapturedPacket> packets;

  /** Looked at before the page is shown. */
  public void check() throws IOException {
    Optional<HardwareAddress> parsed = Optional.ofNullable(mac).flatMap(HardwareAddress::parse);
    if (parsed.isEmpty()) {
      FacesContext context = FacesContext.getCurrentInstance();
      context.getExternalContext().responseSendError(404, null);
      context.responseComplete();
      return;
    }
    hardwareAddress = parsed.get().text();
  }

  /** The newest first. */
  public List<CapturedPacket> getPackets() {
    if (packets == null) {
      packets = journal.of(address()).reversed();
    }
    return packets;
  }

  /** Forgets what was read, so that the page shows what has come since. */
  public void refresh() {
    packets = null;
  }

  public List<PacketFields.Field> fields(CapturedPacket packet) {
    return PacketFields.of(packet.octets());
  }

  /** The first words of a packet: what it is. */
  public String kind(CapturedPacket packet) {
    List<PacketFields.Field> fields = fields(packet);
    return fields.stream()
        .filter(f -> f.name().startsWith("53 "))
        .findFirst()
        .or(() -> fields.stream().findFirst())
        .map(f -> f.value().replaceFirst("^[0-9]+ ", ""))
        .orElse("");
  }

  public String endpoint(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  public boolean isKnown() {
    return devices.find(address()).isPresent();
  }

  /** Who made its network card; empty if that is not known. */
  public String getVendor() {
    return vendors.of(address()).orElse("");
  }

  public void download() throws IOException {
    me.require(Action.MANAGE_DEVICES);
    HardwareAddress device = address();
    Download.send(
        PcapFile.nameFor(device),
        PcapFile.MEDIA_TYPE,
        out -> PcapFile.write(journal.of(device), out));
  }

  private HardwareAddress address() {
    return new HardwareAddress(hardwareAddress);
  }

  public String getHardwareAddress() {
    return hardwareAddress;
  }

  public String getMac() {
    return mac;
  }

  public void setMac(String mac) {
    this.mac = mac;
  }
}
