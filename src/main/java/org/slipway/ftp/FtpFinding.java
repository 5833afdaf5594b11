package org.slipway.ftp;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;

/**
 * One thing that {@link FtpSelfCheck} has found.
 *
 * @param values what its text names, in the order of its placeholders
 */
public record FtpFinding(Kind kind, List<String> values) {

  /** How good it is. */
  public enum Grade {
    OK,
    /** Nothing is wrong, but somebody may wonder. */
    NOTE,
    WARNING,
    FAILED
  }

  /** What was looked at. */
  public enum Check {
    LISTENER,
    PORT,
    IMPLICIT_TLS,
    PASV,
    EPSV,
    PASSIVE_PORTS,
    TLS,
    ACTIVE_MODE,
    LOOPBACK
  }

  /** What can be found, with its sentence in English. */
  public enum Kind {
    LISTENING(Check.LISTENER, Grade.OK, "FTP listens on {0}."),
    LISTENING_EVERYWHERE(
        Check.LISTENER, Grade.OK, "FTP listens on all IPv4 and IPv6 addresses of this machine."),
    NOT_LISTENING(Check.LISTENER, Grade.FAILED, "FTP does not listen: start its listener first."),
    OTHER_FAMILY(
        Check.LISTENER,
        Grade.FAILED,
        "{0} cannot come to {1}, an address of the other IP version (slipway.bind.address)."),
    NO_WAY(Check.LISTENER, Grade.WARNING, "This machine knows no way to {0}."),
    PRIVILEGED_PORT(
        Check.PORT,
        Grade.OK,
        "Port {0} is below 1024 and needs the privilege CAP_NET_BIND_SERVICE, which the portal has."),
    UNPRIVILEGED_PORT(
        Check.PORT, Grade.NOTE, "Port {0} needs no privilege. It is not 21: clients must be told."),
    IMPLICIT_TLS_ON(
        Check.IMPLICIT_TLS, Grade.OK, "Implicit TLS, for addresses with ftps://, is on port {0}."),
    IMPLICIT_TLS_OFF(
        Check.IMPLICIT_TLS,
        Grade.NOTE,
        "Implicit TLS has no port (slipway.ftp.tls.implicit-port). Clients use AUTH TLS."),
    PASV_OWN(
        Check.PASV,
        Grade.OK,
        "PASV tells {0}, by which this machine reaches the client; no setting says otherwise."),
    PASV_PUBLIC_ADDRESS(
        Check.PASV, Grade.OK, "PASV tells {0}: slipway.ftp.public-address says so."),
    PASV_PUBLIC_ADDRESSES(
        Check.PASV, Grade.OK, "PASV tells {0}: {1} in slipway.ftp.public-addresses says so."),
    PASV_NOT_FOR_IPV6(
        Check.PASV,
        Grade.NOTE,
        "{0} comes by IPv6, where PASV is refused with 425 and EPSV is used."),
    PUBLIC_ADDRESS_IPV6(
        Check.PASV,
        Grade.WARNING,
        "slipway.ftp.public-address is {0}: PASV cannot tell an address of IPv6 and passes it over."),
    TOLD_ELSEWHERE(
        Check.PASV,
        Grade.WARNING,
        "{0} is no address of this machine: the NAT must forward the TCP ports {1} and {2} from there,"
            + " each under its own number."),
    TOLD_LOOPBACK(
        Check.PASV,
        Grade.FAILED,
        "{0} leads {1} to itself. Name the right address in slipway.ftp.public-address."),
    TOLD_PRIVATE(
        Check.PASV,
        Grade.WARNING,
        "{0} is a private address, which {1} cannot reach from outside. Name the address outside of"
            + " the NAT in slipway.ftp.public-address."),
    TOLD_OUTSIDE(
        Check.PASV,
        Grade.WARNING,
        "{1} is inside and is told {0} outside: that works only where the NAT leads it back in. If it"
            + " does not, name the network of {1} in slipway.ftp.public-addresses."),
    EPSV(
        Check.EPSV,
        Grade.OK,
        "EPSV tells a port alone; the client connects to the address that it has come to."),
    PORTS_FREE(
        Check.PASSIVE_PORTS,
        Grade.OK,
        "{1} ports of the passive range {0} were tried: all can be had or are in use by sessions ({2})."),
    PORTS_TAKEN(
        Check.PASSIVE_PORTS,
        Grade.WARNING,
        "{1} ports of the passive range {0} were tried: {2} are taken by other programs ({3})."),
    PORTS_ALL_TAKEN(
        Check.PASSIVE_PORTS,
        Grade.FAILED,
        "None of the passive ports {0} can be had: other programs have them. Set"
            + " slipway.ftp.passive-ports to others."),
    PORTS_FORBIDDEN(
        Check.PASSIVE_PORTS,
        Grade.FAILED,
        "{1} ports of the passive range {0} need a privilege that the portal does not have. Set"
            + " slipway.ftp.passive-ports to ports above 1023."),
    PORTS_UNTRIED(
        Check.PASSIVE_PORTS,
        Grade.FAILED,
        "The passive ports {0} could not be tried; the log has the details."),
    PORTS_FEW(
        Check.PASSIVE_PORTS,
        Grade.NOTE,
        "The range has {0} ports, and slipway.ftp.max-sessions allows {1} sessions: not all of them"
            + " can move data at once."),
    TLS_OFF(Check.TLS, Grade.WARNING, "TLS is off (slipway.ftp.tls): passwords go in the clear."),
    TLS_READY(Check.TLS, Grade.OK, "TLS is {0}. The certificate is good until {1}."),
    TLS_SELF_SIGNED(
        Check.TLS,
        Grade.NOTE,
        "TLS is {0}. The certificate, good until {1}, is signed by itself: clients ask whether to trust"
            + " it."),
    TLS_EXPIRES_SOON(
        Check.TLS, Grade.WARNING, "TLS is {0}. The certificate expires soon, at {1}: replace it."),
    TLS_EXPIRED(
        Check.TLS, Grade.FAILED, "TLS is {0}, but the certificate has expired at {1}: replace it."),
    ACTIVE_ON(
        Check.ACTIVE_MODE,
        Grade.OK,
        "Active mode is on. It needs a way from here to ports of the client."),
    ACTIVE_OFF(
        Check.ACTIVE_MODE,
        Grade.NOTE,
        "Active mode is off (slipway.ftp.active): PORT and EPRT are refused with 502."),
    LOOPBACK_WORKS(
        Check.LOOPBACK,
        Grade.OK,
        "A connection of this machine to itself was greeted and data came through the passive port {0},"
            + " within {1} ms."),
    LOOPBACK_NO_GREETING(
        Check.LOOPBACK,
        Grade.FAILED,
        "A connection of this machine to its own port {0} was not greeted with 220."),
    LOOPBACK_NO_TLS(
        Check.LOOPBACK,
        Grade.FAILED,
        "On a connection of this machine to its own port {0} the TLS handshake failed."),
    LOOPBACK_NO_DATA(
        Check.LOOPBACK,
        Grade.FAILED,
        "A connection of this machine to itself was greeted, but no data came through a passive port.");

    private final Check check;
    private final Grade grade;
    private final String english;

    Kind(Check check, Grade grade, String english) {
      this.check = check;
      this.grade = grade;
      this.english = english;
    }

    public Check check() {
      return check;
    }

    public Grade grade() {
      return grade;
    }

    /** The sentence, with {@code {0}} and so on for its values. */
    public String english() {
      return english;
    }

    FtpFinding with(Object... values) {
      return new FtpFinding(this, List.of(values).stream().map(String::valueOf).toList());
    }
  }

  public FtpFinding {
    values = List.copyOf(values);
  }

  /** In English. */
  public String text() {
    return new MessageFormat(kind.english, Locale.ROOT).format(values.toArray());
  }
}
