package org.slipway.client;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.io.CRLFLineReader;

/**
 * The control connection and what commands over it open, in the clear or by TLS (RFC 4217). Each
 * data connection resumes the session of the control connection: servers require it, because
 * nothing else tells the client from somebody who connects first.
 */
final class FtpConnection extends FTPClient {
  private final FtpLogin login;
  private final BooleanSupplier broken;
  private SSLSocketFactory factory;
  private volatile Socket data;

  /**
   * @param broken whether the user does not want the transfer any more
   */
  FtpConnection(FtpLogin login, BooleanSupplier broken) {
    this.login = login;
    this.broken = broken;
  }

  @Override
  protected void _connectAction_() throws IOException {
    Optional<FtpTls> tls = login.tls();
    if (tls.isPresent() && tls.get().implicit()) {
      _socket_.setSoTimeout((int) login.patience().toMillis());
      protect(tls.get());
    }
    super._connectAction_();
    if (tls.isPresent() && !tls.get().implicit() && FTPReply.isPositiveCompletion(getReplyCode())) {
      _socket_.setSoTimeout((int) login.patience().toMillis());
      if (sendCommand("AUTH", "TLS") != 234) {
        throw new FtpRefusedException(this);
      }
      protect(tls.get());
      _controlInput_ =
          new CRLFLineReader(new InputStreamReader(_socket_.getInputStream(), getCharset()));
      _controlOutput_ =
          new BufferedWriter(new OutputStreamWriter(_socket_.getOutputStream(), getCharset()));
    }
  }

  private void protect(FtpTls tls) throws IOException {
    factory = tls.trust().context().getSocketFactory();
    _socket_ = wrap(_socket_);
  }

  private SSLSocket wrap(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) factory.createSocket(plain, login.host(), login.server().getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** After the login: data connections are protected like the control connection. */
  void protectData() throws IOException {
    if (factory != null) {
      sendCommand("PBSZ", "0");
      if (!FTPReply.isPositiveCompletion(sendCommand("PROT", "P"))) {
        throw new FtpRefusedException(this);
      }
    }
  }

  @Override
  protected Socket _openDataConnection_(String command, String argument) throws IOException {
    Socket plain = super._openDataConnection_(command, argument);
    if (plain == null) {
      return null;
    }
    data = plain;
    if (broken.getAsBoolean()) {
      breakOff();
    }
    return factory == null ? plain : wrap(new SameSessionSocket(plain, login.server().getPort()));
  }

  /**
   * Sends a command that moves data.
   *
   * @throws FtpRefusedException if the server does not want it
   */
  Socket open(String command, String argument) throws IOException {
    Socket socket = _openDataConnection_(command, argument);
    if (socket == null) {
      throw new FtpRefusedException(this);
    }
    return socket;
  }

  /** Says that everything was written, and reads what the server still has to say by TLS. */
  static void finish(Socket socket) throws IOException {
    socket.shutdownOutput();
    if (socket instanceof SSLSocket) {
      // Its session ticket among it, without which the next connection could not resume.
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
    socket.close();
  }

  /** Ends the transfer under way, from another thread, so that nobody takes it for a whole one. */
  void breakOff() throws IOException {
    Socket current = data;
    if (current != null && !current.isClosed()) {
      current.setSoLinger(true, 0);
      current.close();
    }
  }
}
