package org.slipway.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.slipway.accounts.InvalidInputException;

/**
 * Reads a key and its certificates in the forms in which people have them. Whatever is wrong with
 * them is told without a word of the libraries.
 */
final class UploadedKey {
  /** Some hundred times what a chain needs. */
  static final int MOST_BYTES = 256 * 1024;

  /** Not registered with the platform: it serves the old forms of encrypted keys, and here only. */
  private static final BouncyCastleProvider READER = new BouncyCastleProvider();

  private UploadedKey() {}

  /**
   * @param certificates PEM: the certificate, then those that lead to its root
   * @param key PEM: PKCS#8, plain or encrypted, or the older forms of OpenSSL
   * @param passphrase of the key; empty where it has none
   */
  static KeyEntry ofPem(String certificates, String key, char[] passphrase) {
    return new KeyEntry(privateKey(key, passphrase), chain(certificates));
  }

  static KeyEntry ofPkcs12(byte[] store, char[] passphrase) {
    if (store.length > MOST_BYTES) {
      throw tooLarge("pkcs12");
    }
    KeyStore keys;
    try {
      keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(store), passphrase);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw e.getCause() instanceof java.security.UnrecoverableKeyException
          ? wrongPassphrase()
          : bad("pkcs12", "pkcs12.unreadable", "This is no PKCS#12 file");
    }
    return onlyEntry(keys, passphrase);
  }

  private static KeyEntry onlyEntry(KeyStore keys, char[] passphrase) {
    try {
      List<String> aliases = new ArrayList<>();
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)) {
          aliases.add(alias);
        }
      }
      if (aliases.size() != 1) {
        throw bad("pkcs12", "pkcs12.one", "The file must hold one key with its certificate");
      }
      Certificate[] chain = keys.getCertificateChain(aliases.getFirst());
      if (chain == null
          || !(keys.getKey(aliases.getFirst(), passphrase) instanceof PrivateKey key)) {
        throw bad("pkcs12", "pkcs12.one", "The file must hold one key with its certificate");
      }
      return new KeyEntry(key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    } catch (GeneralSecurityException | ClassCastException e) {
      throw wrongPassphrase();
    }
  }

  private static PrivateKey privateKey(String pem, char[] passphrase) {
    if (pem.length() > MOST_BYTES) {
      throw tooLarge("key");
    }
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        PrivateKeyInfo info = keyIn(object, passphrase);
        if (info != null) {
          return platformKey(info);
        }
      }
    } catch (OperatorCreationException | PKCSException | org.bouncycastle.openssl.PEMException e) {
      throw passphrase.length == 0 ? noKey() : wrongPassphrase();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw e instanceof InvalidInputException told ? told : noKey();
    }
    throw noKey();
  }

  /** Null where the object is no key, such as the curve that OpenSSL writes before one. */
  private static PrivateKeyInfo keyIn(Object object, char[] passphrase)
      throws IOException, OperatorCreationException, PKCSException {
    return switch (object) {
      case PrivateKeyInfo info -> info;
      case PEMKeyPair pair -> pair.getPrivateKeyInfo();
      case PKCS8EncryptedPrivateKeyInfo encrypted -> {
        needsPassphrase(passphrase);
        yield encrypted.decryptPrivateKeyInfo(
            new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(READER).build(passphrase));
      }
      case PEMEncryptedKeyPair encrypted -> {
        needsPassphrase(passphrase);
        yield encrypted
            .decryptKeyPair(
                new JcePEMDecryptorProviderBuilder().setProvider(READER).build(passphrase))
            .getPrivateKeyInfo();
      }
      default -> null;
    };
  }

  private static void needsPassphrase(char[] passphrase) {
    if (passphrase.length == 0) {
      throw bad(
          "passphrase", "key.passphrase.needed", "The key is encrypted: its passphrase is needed");
    }
  }

  /** The platform's own key, so that its own code signs with it. */
  private static PrivateKey platformKey(PrivateKeyInfo info)
      throws IOException, GeneralSecurityException {
    boolean ec =
        info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
    return KeyFactory.getInstance(ec ? "EC" : "RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  private static List<X509Certificate> chain(String pem) {
    if (pem.length() > MOST_BYTES) {
      throw tooLarge("certificates");
    }
    List<X509Certificate> chain = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        if (object instanceof X509CertificateHolder holder) {
          chain.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
        }
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw noCertificate();
    }
    if (chain.isEmpty()) {
      throw noCertificate();
    }
    return chain;
  }

  private static InvalidInputException noCertificate() {
    return bad("certificates", "certificates.unreadable", "This is no certificate in PEM form");
  }

  private static InvalidInputException noKey() {
    return bad("key", "key.unreadable", "This is no RSA or EC private key in PEM form");
  }

  private static InvalidInputException wrongPassphrase() {
    return bad("passphrase", "key.passphrase", "The passphrase does not open the key");
  }

  static InvalidInputException tooLarge(String field) {
    return bad(field, "large", "Larger than 256 KiB");
  }

  private static InvalidInputException bad(String field, String code, String message) {
    return new InvalidInputException(field, "certificate." + code, message);
  }
}
