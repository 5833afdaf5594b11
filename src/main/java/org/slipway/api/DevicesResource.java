package org.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.slipway.accounts.Action;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.DeviceDocument;
import org.slipway.api.model.Items;
import org.slipway.api.model.UnknownDeviceDocument;
import org.slipway.inventory.DeviceExport;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.HardwareVendors;
import org.slipway.provisioning.UnknownDevices;

/** Devices, each under its hardware address in any usual spelling. */
@Singleton
@Path("/devices")
@Produces(MediaType.APPLICATION_JSON)
public class DevicesResource {
  private static final List<ExportType> TYPES = List.of(ExportType.JSON, ExportType.CSV);

  private static final Listing<Device> LISTING =
      new Listing<>(
          d ->
              withSpellings(
                  d.hardwareAddress(),
                  d.name(),
                  address(d),
                  d.manifest().orElse(""),
                  d.bootFile().orElse("")),
          Map.of(
              "hardwareAddress", Comparator.comparing(Device::hardwareAddress),
              "name", Comparator.comparing(Device::name),
              "address", Comparator.comparing(DevicesResource::address),
              "manifest", Comparator.comparing(d -> d.manifest().orElse("")),
              "enabled", Comparator.comparing(Device::enabled)),
          Comparator.comparing(Device::hardwareAddress));

  private static final Listing<UnknownDevices.Seen> UNKNOWN =
      new Listing<>(
          s -> withSpellings(s.hardwareAddress(), s.from()),
          Map.of(
              "hardwareAddress", Comparator.comparing(UnknownDevices.Seen::hardwareAddress),
              "firstSeen", Comparator.comparing(UnknownDevices.Seen::firstSeen),
              "lastSeen", Comparator.comparing(UnknownDevices.Seen::lastSeen),
              "count", Comparator.comparing(UnknownDevices.Seen::count)),
          Comparator.comparing(UnknownDevices.Seen::lastSeen).reversed());

  private static List<String> withSpellings(HardwareAddress mac, String... more) {
    return Stream.concat(mac.spellings().stream(), Stream.of(more)).toList();
  }

  private final Devices devices;
  private final UnknownDevices unknown;
  private final HardwareVendors vendors;
  private final DeviceExport export;

  @Inject
  public DevicesResource(
      Devices devices, UnknownDevices unknown, HardwareVendors vendors, DeviceExport export) {
    this.export = export;
    this.devices = devices;
    this.unknown = unknown;
    this.vendors = vendors;
  }

  /** A page of them, or all that are asked for as a file. */
  @GET
  @Needs(Action.MANAGE_DEVICES)
  @Produces({MediaType.APPLICATION_JSON, "text/csv"})
  public Response list(
      @BeanParam ListParameters parameters,
      @QueryParam("format") String format,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    if (ExportType.of(format, headers, TYPES) == ExportType.CSV) {
      List<Device> matching = LISTING.matching(parameters, devices.all());
      StreamingOutput content = out -> export.write(matching, Caller.of(security).who(), out);
      return Response.ok(content)
          .type(DeviceExport.MEDIA_TYPE)
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"devices.csv\"")
          .build();
    }
    return Response.ok(LISTING.page(parameters, devices.all(), DeviceDocuments::of))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  /** Those that asked and that nobody has entered, newest first. */
  @GET
  @Path("unknown")
  @Needs(Action.MANAGE_DEVICES)
  public Items<UnknownDeviceDocument> unknown(@BeanParam ListParameters parameters) {
    return UNKNOWN.page(
        parameters,
        unknown.newestFirst(),
        seen ->
            new UnknownDeviceDocument(
                seen.hardwareAddress().text(),
                vendors.of(seen.hardwareAddress()).orElse(null),
                seen.firstSeen(),
                seen.lastSeen(),
                seen.count(),
                seen.from()));
  }

  @GET
  @Path("{mac}")
  @Needs(Action.MANAGE_DEVICES)
  public Response get(@PathParam("mac") String mac, @Context Request request) {
    Device device = existing(DeviceDocuments.hardwareAddress(mac));
    Response.ResponseBuilder unchanged =
        request.evaluatePreconditions(Revision.tag(device.revision()));
    return unchanged != null ? unchanged.build() : response(Response.ok(), device);
  }

  @PUT
  @Path("{mac}")
  @Needs(Action.MANAGE_DEVICES)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("mac") String mac,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      DeviceDocument wanted,
      @Context UriInfo address,
      @Context SecurityContext security) {
    HardwareAddress hardwareAddress = DeviceDocuments.hardwareAddress(mac);
    Optional<Device> old = devices.find(hardwareAddress);
    Device now =
        devices.put(
            DeviceDocuments.read(hardwareAddress, wanted),
            Revision.expected(ifMatch, revision(old)),
            Caller.of(security).who());
    return response(
        old.isPresent()
            ? Response.ok()
            : Response.created(
                address.getBaseUriBuilder().path("devices").path(hardwareAddress.text()).build()),
        now);
  }

  @PATCH
  @Path("{mac}")
  @Needs(Action.MANAGE_DEVICES)
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public Response change(
      @PathParam("mac") String mac,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      JsonNode body,
      @Context SecurityContext security) {
    Device old = existing(DeviceDocuments.hardwareAddress(mac));
    Revision.expected(ifMatch, OptionalLong.of(old.revision()));
    DeviceDocument wanted =
        MergePatch.of(body).appliedTo(DeviceDocuments.of(old), DeviceDocument.class, Set.of());
    Device now =
        devices.put(
            DeviceDocuments.read(old.hardwareAddress(), wanted),
            OptionalLong.of(old.revision()),
            Caller.of(security).who());
    return response(Response.ok(), now);
  }

  @DELETE
  @Path("{mac}")
  @Needs(Action.MANAGE_DEVICES)
  public void delete(
      @PathParam("mac") String mac,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @Context SecurityContext security) {
    Device old = existing(DeviceDocuments.hardwareAddress(mac));
    devices.delete(
        old.hardwareAddress(),
        Revision.expected(ifMatch, OptionalLong.of(old.revision())),
        Caller.of(security).who());
  }

  private Device existing(HardwareAddress mac) {
    return devices
        .find(mac)
        .orElseThrow(
            () -> new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no device " + mac));
  }

  private static OptionalLong revision(Optional<Device> device) {
    return device.stream().mapToLong(Device::revision).findFirst();
  }

  private static Response response(Response.ResponseBuilder response, Device device) {
    return response.tag(Revision.tag(device.revision())).entity(DeviceDocuments.of(device)).build();
  }

  private static String address(Device device) {
    return device.address().map(InetAddress::getHostAddress).orElse("");
  }
}
