package org.slipway.startup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.slipway.portal.RunningPortal;

/** Stores files over FTP. */
final class FtpStoringClient implements StoringClient {
  private final FTPClient ftp = new FTPClient();

  FtpStoringClient(RunningPortal portal, String username, String password) throws IOException {
    ftp.setConnectTimeout(30_000);
    ftp.setDefaultTimeout(60_000);
    ftp.connect("127.0.0.1", portal.ftpPort());
    if (!ftp.login(username, password)) {
      throw new IOException("no login: " + ftp.getReplyString());
    }
    ftp.enterLocalPassiveMode();
    ftp.setFileType(FTP.BINARY_FILE_TYPE);
  }

  @Override
  public int store(String path, byte[] content) throws IOException {
    try {
      ftp.storeFile(path, new ByteArrayInputStream(content));
    } catch (java.net.SocketException refusedMeanwhile) {
      // The server has closed the data connection; its reply says why.
      ftp.completePendingCommand();
    }
    return ftp.getReplyCode();
  }

  @Override
  public int abort(String path, int size) throws IOException {
    OutputStream data = ftp.storeFileStream(path);
    if (data == null) {
      return ftp.getReplyCode();
    }
    try {
      data.write(new byte[size / 2]);
      data.flush();
    } finally {
      ftp.disconnect();
    }
    throw new AbortedException();
  }

  @Override
  public int delete(String path) throws IOException {
    return ftp.dele(path);
  }

  @Override
  public int rename(String from, String to) throws IOException {
    ftp.rename(from, to);
    return ftp.getReplyCode();
  }

  @Override
  public int makeFolder(String path) throws IOException {
    return ftp.mkd(path);
  }

  @Override
  public int deleteFolder(String path) throws IOException {
    return ftp.rmd(path);
  }

  @Override
  public void close() {
    try {
      ftp.disconnect();
    } catch (IOException e) {
      // The portal has gone first.
    }
  }
}
