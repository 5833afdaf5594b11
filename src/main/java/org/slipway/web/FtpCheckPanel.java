package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.InetAddress;
import java.util.List;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.ftp.FtpFinding;
import org.slipway.ftp.FtpSelfCheck;

/** The part of the page of listeners that looks whether clients of FTP can move data. */
@Named
@RequestScoped
public class FtpCheckPanel {
  @Inject private FtpSelfCheck selfCheck;
  @Inject private Me me;
  private String address;
  private FtpSelfCheck.Result result;

  public void check() {
    me.require(Action.SEE_LISTENERS);
    try {
      InetAddress client = FtpSelfCheck.clientAddress("address", getAddress());
      address = client.getHostAddress();
      result = selfCheck.check(client);
    } catch (InvalidInputException e) {
      Feedback.violations("ftpCheck", e.violations());
    }
  }

  /** What was found; null before somebody has asked. */
  public FtpSelfCheck.Result getResult() {
    return result;
  }

  public List<FtpFinding> getFindings() {
    return result == null ? List.of() : result.findings();
  }

  public String name(FtpFinding finding) {
    return Words.text("ftpCheck.check." + finding.kind().check());
  }

  public String text(FtpFinding finding) {
    return Words.text("ftpCheck." + finding.kind(), finding.values().toArray());
  }

  /** Of the client; at first that of the reader. */
  public String getAddress() {
    return address == null ? me.address() : address;
  }

  public void setAddress(String address) {
    this.address = address;
  }
}
