-- Who has, or had last, which address of a pool or which entered one, by DHCP or BOOTP.
-- client: "id:" and option 61, or "hw:" and the hardware type and address, in hex.
-- end_at: until when nobody else gets the address (end of the lease, its release, end of a quarantine).
CREATE TABLE lease (
  address          VARCHAR(15)  NOT NULL PRIMARY KEY,
  client           VARCHAR(520) NOT NULL,
  hardware_address VARCHAR(47)  NOT NULL,
  host_name        VARCHAR(255),
  kind             VARCHAR(10)  NOT NULL,
  since_at         TIMESTAMP WITH TIME ZONE NOT NULL,
  renewed_at       TIMESTAMP WITH TIME ZONE NOT NULL,
  end_at           TIMESTAMP WITH TIME ZONE NOT NULL
);
