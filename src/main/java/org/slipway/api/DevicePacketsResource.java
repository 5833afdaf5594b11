package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.InetSocketAddress;
import java.util.List;
import org.slipway.accounts.Action;
import org.slipway.api.model.Items;
import org.slipway.api.model.PacketDocument;
import org.slipway.bootp.CapturedPacket;
import org.slipway.bootp.PacketFields;
import org.slipway.bootp.PacketJournal;
import org.slipway.bootp.PcapFile;
import org.slipway.provisioning.HardwareAddress;

/**
 * The last BOOTP and DHCP datagrams of a device, known or not: field by field, and as a capture
 * file.
 */
@Singleton
@Path("/devices")
public class DevicePacketsResource {
  private final PacketJournal journal;

  @Inject
  public DevicePacketsResource(PacketJournal journal) {
    this.journal = journal;
  }

  /** The oldest first. */
  @GET
  @Path("{mac}/packets")
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Action.MANAGE_DEVICES)
  public Items<PacketDocument> packets(@PathParam("mac") String mac) {
    List<PacketDocument> items =
        journal.of(DeviceDocuments.hardwareAddress(mac)).stream()
            .map(DevicePacketsResource::document)
            .toList();
    return new Items<>(items, items.size());
  }

  @GET
  @Path("{mac}/packets.pcap")
  @Produces(PcapFile.MEDIA_TYPE)
  @Needs(Action.MANAGE_DEVICES)
  public Response capture(@PathParam("mac") String mac) {
    HardwareAddress device = DeviceDocuments.hardwareAddress(mac);
    StreamingOutput file = out -> PcapFile.write(journal.of(device), out);
    return Response.ok(file)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + PcapFile.nameFor(device) + "\"")
        .build();
  }

  private static PacketDocument document(CapturedPacket packet) {
    return new PacketDocument(
        packet.at(),
        packet.sent(),
        text(packet.from()),
        text(packet.to()),
        packet.octets().length,
        PacketFields.of(packet.octets()).stream()
            .map(f -> new PacketDocument.Field(f.name(), f.value(), f.offset(), f.length()))
            .toList());
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
