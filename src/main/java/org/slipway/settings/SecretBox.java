package org.slipway.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what must be read again but may not lie open in the database: AES-256-GCM under the key in
 * {@code keys/secrets.key} of the data directory, which only its owner may read and which is made
 * when it is first needed. Whoever has the database alone has nothing.
 */
@Singleton
public final class SecretBox {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Settings settings;
  private final SecureRandom random = new SecureRandom();
  private volatile SecretKeySpec key;

  @Inject
  public SecretBox(Settings settings) {
    this.settings = settings;
  }

  /**
   * Seals a secret.
   *
   * @param purpose what it is, and whose; it opens only for the same purpose, so that a sealed
   *     secret that is moved to another row is worthless there
   */
  public String seal(String purpose, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(secret);
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform lacks AES-GCM", e);
    }
  }

  /**
   * @throws IllegalStateException if it was sealed under another key or for another purpose, or was
   *     changed
   */
  public byte[] open(String purpose, String sealed) {
    try {
      byte[] all = Base64.getDecoder().decode(sealed);
      return cipher(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(all, NONCE_BYTES))
          .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "A secret cannot be opened; is keys/secrets.key the one that sealed it?", e);
    }
  }

  private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private SecretKeySpec key() {
    SecretKeySpec known = key;
    if (known == null) {
      known = new SecretKeySpec(bytes(), "AES");
      key = known;
    }
    return known;
  }

  /** Read when it is first needed: then it is no bad setting any more that ends the start. */
  private byte[] bytes() {
    try {
      return KeyFile.readOrMake(settings.dataDirectory().resolve("keys").resolve("secrets.key"));
    } catch (BadSettingException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
