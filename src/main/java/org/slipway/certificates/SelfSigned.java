package org.slipway.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a new key on the curve P-256 and a certificate for it that it signs itself. */
final class SelfSigned {
  /** Long, because nothing renews it and whoever trusts it trusts exactly this one. */
  private static final Duration VALIDITY = Duration.ofDays(3650);

  /** Clocks of those who meet it may be late. */
  private static final Duration TOLERANCE = Duration.ofDays(1);

  private static final int SERIAL_BITS = 127;

  /** A common name holds no more (RFC 5280, ub-common-name). */
  private static final int LONGEST_COMMON_NAME = 64;

  private SelfSigned() {}

  /**
   * @param names host names and numeric addresses; the first is the subject's common name
   */
  static KeyEntry make(List<CertificateName> names, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X509v3CertificateBuilder builder = builder(names, now, pair);
      JcaContentSignerBuilder signer = new JcaContentSignerBuilder("SHA256withECDSA");
      return new KeyEntry(
          pair.getPrivate(),
          List.of(
              new JcaX509CertificateConverter()
                  .getCertificate(builder.build(signer.build(pair.getPrivate())))));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509v3CertificateBuilder builder(
      List<CertificateName> names, Instant now, KeyPair pair) throws CertIOException {
    X500Name self = subject(names.getFirst().text());
    GeneralNames alternatives =
        new GeneralNames(
            names.stream().map(CertificateName::asGeneralName).toArray(GeneralName[]::new));
    return new JcaX509v3CertificateBuilder(
            self,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
            Date.from(now.minus(TOLERANCE)),
            Date.from(now.plus(VALIDITY)),
            self,
            pair.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, alternatives);
  }

  private static X500Name subject(String name) {
    String common =
        name.length() <= LONGEST_COMMON_NAME ? name : name.substring(0, LONGEST_COMMON_NAME);
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.CN, common)
        .addRDN(BCStyle.O, "Slipway")
        .build();
  }
}
