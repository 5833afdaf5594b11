package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.slipway.accounts.Action;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.bootp.OtherServers.OtherServer;
import org.slipway.bootp.ServerSearch;
import org.slipway.provisioning.HardwareAddress;

/** The other BOOTP and DHCP servers on the page of the networks; looking for them. */
@Named
@RequestScoped
public class OtherServersCard {
  @Inject private ServerSearch search;
  @Inject private AuditTrail audit;
  @Inject private Me me;
  private String error = "";

  public List<OtherServer> getServers() {
    return search.others().all();
  }

  public void search() {
    me.require(Action.MANAGE_NETWORKS);
    ServerSearch.Result result = search.search();
    error = result.error().orElse("");
    String answered =
        result.servers().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
    audit.done(
        me.who(),
        AuditAction.OTHER_SERVERS_SEARCHED,
        "bootp",
        null,
        AuditValues.of("answered", answered));
    if (error.isEmpty()) {
      Feedback.done("otherServers.searched", result.askedFrom().size(), result.servers().size());
    }
  }

  /** Why the last search heard nothing; empty if it did. */
  public String getError() {
    return error;
  }

  public String device(OtherServer server) {
    return server.device().map(HardwareAddress::text).orElse("");
  }
}
