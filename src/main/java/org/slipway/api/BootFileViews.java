package org.slipway.api;

import jakarta.ws.rs.QueryParam;

/** What else can be asked of the boot files: what an address would get for a name. */
public class BootFileViews {
  @QueryParam("name")
  private String name;

  @QueryParam("address")
  private String address;

  /** The name that is asked about; null where the request is for a file. */
  String name() {
    return name;
  }

  String address() {
    return address;
  }
}
