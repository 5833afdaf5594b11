package org.slipway.certificates;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates of an authority that tests make, good ones and bad ones. */
public final class Issued {
  private static final ASN1ObjectIdentifier PADDING = new ASN1ObjectIdentifier("2.999.1");

  private final KeyPair keys;
  private final List<X509Certificate> chain;

  private Issued(KeyPair keys, List<X509Certificate> chain) {
    this.keys = keys;
    this.chain = chain;
  }

  /** What a certificate shall be like; the defaults are good. */
  public static final class Wish {
    private String algorithm = "EC";
    private int bits = 256;
    private String signature = "SHA256";
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant to = Instant.now().plus(Duration.ofDays(90));
    private int padding;
    private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;

    public Wish rsa(int bits) {
      this.algorithm = "RSA";
      this.bits = bits;
      return this;
    }

    public Wish curve(int bits) {
      this.bits = bits;
      return this;
    }

    public Wish signedWith(String hash) {
      this.signature = hash;
      return this;
    }

    public Wish inForce(Instant from, Instant to) {
      this.from = from;
      this.to = to;
      return this;
    }

    public Wish forClients() {
      this.purpose = KeyPurposeId.id_kp_clientAuth;
      return this;
    }

    /** With so many bytes more than it needs. */
    public Wish padded(int bytes) {
      this.padding = bytes;
      return this;
    }

    /** Issues it by an authority of its own. */
    public Issued by(String authority, String name) {
      try {
        KeyPair root = pair("EC", 256);
        Instant now = Instant.now();
        X509v3CertificateBuilder rootBuilder =
            builder(authority, authority, root, now.minusSeconds(60), now.plusSeconds(86_400))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        KeyPair leaf = pair(algorithm, bits);
        X509v3CertificateBuilder leafBuilder =
            builder(authority, name, leaf, from, to)
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, name)))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                .addExtension(PADDING, false, new byte[padding]);
        return new Issued(
            leaf,
            List.of(signed(leafBuilder, signature, root), signed(rootBuilder, "SHA256", root)));
      } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public static Wish wish() {
    return new Wish();
  }

  private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      String issuer, String subject, KeyPair keys, Instant from, Instant to) {
    return new JcaX509v3CertificateBuilder(
        new X500Name("CN=" + issuer),
        new BigInteger(100, new SecureRandom()),
        Date.from(from),
        Date.from(to),
        new X500Name("CN=" + subject),
        keys.getPublic());
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, String hash, KeyPair by)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder(hash + "withECDSA").build(by.getPrivate())));
  }

  /** The certificate, then its issuer. */
  public String pem() {
    return pem(chain);
  }

  /** The issuer first, which is wrong. */
  public String pemInWrongOrder() {
    return pem(List.of(chain.get(1), chain.get(0)));
  }

  /** Behind its certificate that of somebody else's issuer. */
  public String pemWithIssuerOf(Issued other) {
    return pem(List.of(chain.get(0), other.chain.get(1)));
  }

  private static String pem(List<?> objects) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        writer.writeObject(object);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** The key in PKCS#8. */
  public String key() {
    try {
      return pem(List.of(new JcaPKCS8Generator(keys.getPrivate(), null)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as older versions of OpenSSL wrote it. */
  public String traditionalKey() {
    return keys.getPrivate() instanceof ECPrivateKey ec
        ? pem(
            List.of(
                new PemObject(
                    "EC PRIVATE KEY",
                    encoded(
                        new org.bouncycastle.asn1.sec.ECPrivateKey(
                            256, ec.getS(), SECObjectIdentifiers.secp256r1)))))
        : pem(List.of(keys.getPrivate()));
  }

  private static byte[] encoded(ASN1Object object) {
    try {
      return object.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public String encryptedKey(String passphrase) {
    try {
      return pem(
          List.of(
              new JcaPKCS8Generator(
                  keys.getPrivate(),
                  new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                      .setProvider(new BouncyCastleProvider())
                      .setPassword(passphrase.toCharArray())
                      .build())));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  public byte[] pkcs12(String passphrase) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "portal",
          keys.getPrivate(),
          passphrase.toCharArray(),
          new ArrayList<>(chain).toArray(Certificate[]::new));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, passphrase.toCharArray());
      return out.toByteArray();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }
}
