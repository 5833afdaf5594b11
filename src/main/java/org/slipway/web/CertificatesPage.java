package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.certificates.CertificateFacts;
import org.slipway.certificates.CertificateState;
import org.slipway.certificates.ServerCertificate;
import org.slipway.https.HttpsPort;

/**
 * The certificate of the portal: what it is, and replacing it. A key that was typed is not shown.
 */
@Named
@RequestScoped
public class CertificatesPage {
  /** One more than may be, so that what is too large is refused as such. */
  private static final int MOST_BYTES = 256 * 1024 + 1;

  @Inject private ServerCertificate certificate;
  @Inject private HttpsPort https;
  @Inject private Me me;
  private String certificates = "";
  private String key = "";
  private String passphrase = "";
  private String names;
  private transient Part pkcs12;

  public CertificateFacts getFacts() {
    return certificate.facts();
  }

  public CertificateState getState() {
    return certificate.state();
  }

  /** The same, as a file for those who shall trust it. */
  public String getPem() {
    return certificate.pem();
  }

  public Integer getPort() {
    return https.port().orElse(null);
  }

  /** Why the encrypted port is not open; in English as the portal says it. */
  public String getError() {
    String english = https.error().orElse("");
    return english.isEmpty() || Words.isEnglish() ? english : Words.text("certificate.portError");
  }

  public void replaceWithPem() {
    replaced(
        "pem",
        () -> certificate.replaceWithPem(certificates, key, passphrase.toCharArray(), me.who()));
  }

  public void replaceWithPkcs12() {
    replaced(
        "pkcs12Form",
        () -> certificate.replaceWithPkcs12(content(), passphrase.toCharArray(), me.who()));
  }

  public void makeSelfSigned() {
    List<String> wanted =
        Stream.of(getNames().split("[,\\s]+")).filter(name -> !name.isEmpty()).toList();
    replaced("selfSigned", () -> certificate.makeSelfSigned(wanted, me.who()));
  }

  private void replaced(String form, Runnable action) {
    me.require(Action.MANAGE_SETTINGS);
    if (Feedback.tried(form, action)) {
      names = null;
      certificates = "";
      Feedback.done("certificate.replaced");
    }
  }

  private byte[] content() {
    if (pkcs12 == null || pkcs12.getSize() == 0) {
      throw new InvalidInputException(
          "pkcs12", "certificate.pkcs12.needed", "Choose a PKCS#12 file");
    }
    try (InputStream in = pkcs12.getInputStream()) {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String getCertificates() {
    return certificates;
  }

  public void setCertificates(String certificates) {
    this.certificates = certificates == null ? "" : certificates;
  }

  public String getKey() {
    return "";
  }

  public void setKey(String key) {
    this.key = key == null ? "" : key;
  }

  public String getPassphrase() {
    return "";
  }

  public void setPassphrase(String passphrase) {
    this.passphrase = passphrase == null ? "" : passphrase;
  }

  /** For whom a new certificate would be: the same as now, unless told otherwise. */
  public String getNames() {
    return names == null ? String.join(" ", certificate.facts().names()) : names;
  }

  public void setNames(String names) {
    this.names = names;
  }

  public Part getPkcs12() {
    return pkcs12;
  }

  public void setPkcs12(Part pkcs12) {
    this.pkcs12 = pkcs12;
  }
}
