package org.slipway.api.model;

/**
 * A certificate with its key, either as two PEM texts or as one PKCS#12 file.
 *
 * @param certificates PEM: the certificate, then those that lead to its root
 * @param key PEM of the private key
 * @param pkcs12 the file in Base64
 * @param passphrase of the key or the file, where it has one
 */
public record CertificateUpload(String certificates, String key, String pkcs12, String passphrase) {

  /** The key is not for logs. */
  @Override
  public String toString() {
    return "CertificateUpload[]";
  }
}
