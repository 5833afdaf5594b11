package org.slipway.leases;

import java.net.Inet4Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slipway.settings.SettingText;

/** The table {@code lease}. */
final class LeaseRows {
  private LeaseRows() {}

  static List<Lease> all(Handle handle) {
    return handle.createQuery("SELECT * FROM lease").map((r, c) -> read(r)).list();
  }

  /**
   * Stores a lease in place of what the address had.
   *
   * @throws LeaseTakenException if another client has the address, which only another portal on the
   *     same database can have given to it
   */
  static void write(Handle handle, Lease lease) {
    Optional<Lease> stored = find(handle, lease.address());
    stored
        .filter(s -> s.isBound(lease.renewed()) && isOfAnother(s.client(), lease.client()))
        .ifPresent(s -> {
          throw new LeaseTakenException(s);
        });
    delete(handle, lease.address());
    handle.execute(
        """
        INSERT INTO lease (address, client, hardware_address, host_name, kind, since_at,
          renewed_at, end_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        lease.address().getHostAddress(),
        lease.client().identity().text(),
        lease.client().hardwareAddress(),
        lease.client().hostName().orElse(null),
        lease.kind().name(),
        utc(lease.since()),
        utc(lease.renewed()),
        utc(lease.end()));
  }

  /** One device has several identities while it boots in stages. */
  private static boolean isOfAnother(LeaseClient one, LeaseClient other) {
    return !one.identity().equals(other.identity())
        && !one.hardwareAddress().equals(other.hardwareAddress());
  }

  static void delete(Handle handle, Inet4Address address) {
    handle.execute("DELETE FROM lease WHERE address = ?", address.getHostAddress());
  }

  private static Optional<Lease> find(Handle handle, Inet4Address address) {
    return handle
        .createQuery("SELECT * FROM lease WHERE address = :address")
        .bind("address", address.getHostAddress())
        .map((r, c) -> read(r))
        .findOne();
  }

  private static Lease read(ResultSet r) throws SQLException {
    return new Lease(
        (Inet4Address) SettingText.address(r.getString("address")),
        new LeaseClient(
            new ClientIdentity(r.getString("client")),
            r.getString("hardware_address"),
            Optional.ofNullable(r.getString("host_name"))),
        Lease.Kind.valueOf(r.getString("kind")),
        instant(r, "since_at"),
        instant(r, "renewed_at"),
        instant(r, "end_at"));
  }

  private static Instant instant(ResultSet r, String column) throws SQLException {
    return r.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
