package org.slipway.certificates;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slipway.accounts.InvalidInputException;

/** What a certificate must fulfil before the portal shows it to anybody. */
final class CertificateRules {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int LEAST_EC_BITS = 256;
  private static final int LONGEST_CHAIN = 10;
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private CertificateRules() {}

  /**
   * @throws InvalidInputException with the first rule that is broken
   */
  static void check(KeyEntry entry, Instant now) {
    chainIsInOrder(entry.chain());
    entry.chain().forEach(c -> inForce(c, now));
    strongEnough(entry.leaf());
    keyBelongsToCertificate(entry.key(), entry.leaf().getPublicKey());
    meantForServers(entry.leaf());
  }

  private static void keyBelongsToCertificate(PrivateKey key, PublicKey certified) {
    try {
      String algorithm = certified instanceof RSAPublicKey ? "SHA256withRSA" : "SHA256withECDSA";
      byte[] probe = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(probe);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException anotherKindOfKey) {
      // The same as a signature that does not fit.
    }
    throw refused("key.mismatch", "The key does not belong to the certificate");
  }

  private static void strongEnough(X509Certificate leaf) {
    switch (leaf.getPublicKey()) {
      case RSAPublicKey rsa when rsa.getModulus().bitLength() < LEAST_RSA_BITS ->
          throw refused("key.weak", "An RSA key of at least 2048 bits is needed");
      case ECPublicKey ec when ec.getParams().getOrder().bitLength() < LEAST_EC_BITS ->
          throw refused("key.weak", "An EC key of at least 256 bits is needed");
      case RSAPublicKey _, ECPublicKey _ -> {}
      default -> throw refused("key.kind", "An RSA or EC key is needed; browsers know no other");
    }
    String signed = leaf.getSigAlgName().toUpperCase(Locale.ROOT);
    if (signed.startsWith("MD") || signed.startsWith("SHA1")) {
      throw refused("signature.weak", "The certificate is signed with SHA-1 or MD5");
    }
  }

  private static void inForce(X509Certificate certificate, Instant now) {
    if (!now.isBefore(certificate.getNotAfter().toInstant())) {
      throw refused("expired", "A certificate has expired: " + name(certificate));
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw refused("notYet", "A certificate is not in force yet: " + name(certificate));
    }
  }

  private static void chainIsInOrder(List<X509Certificate> chain) {
    if (chain.size() > LONGEST_CHAIN) {
      throw refused("chain.long", "More than %d certificates".formatted(LONGEST_CHAIN));
    }
    for (int i = 0; i + 1 < chain.size(); i++) {
      X509Certificate signed = chain.get(i);
      X509Certificate signer = chain.get(i + 1);
      try {
        if (!signed.getIssuerX500Principal().equals(signer.getSubjectX500Principal())
            || signer.getBasicConstraints() < 0) {
          throw new GeneralSecurityException("another issuer");
        }
        signed.verify(signer.getPublicKey());
      } catch (GeneralSecurityException e) {
        throw refused(
            "chain.order",
            "The certificates are not in order: each must be signed by the next, and \""
                + name(signed)
                + "\" is not");
      }
    }
  }

  private static void meantForServers(X509Certificate leaf) {
    try {
      List<String> purposes = leaf.getExtendedKeyUsage();
      if (purposes != null
          && !purposes.contains(SERVER_AUTHENTICATION)
          && !purposes.contains(ANY_PURPOSE)) {
        throw refused("purpose", "The certificate is not meant for servers");
      }
    } catch (CertificateParsingException e) {
      throw refused("unreadable", "The certificate cannot be read");
    }
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static InvalidInputException refused(String code, String message) {
    return new InvalidInputException("certificate", "certificate." + code, message);
  }
}
