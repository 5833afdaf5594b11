package org.slipway.certificates;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Answers each handshake with the key of that moment. A handshake asks by an alias for the key and
 * for the certificates: the alias names one pair, so that both are of the same one even if it is
 * replaced in between.
 */
final class CurrentKey extends X509ExtendedKeyManager {

  /** One pair, and the one before it, for handshakes that have already begun. */
  private record Pair(String alias, KeyEntry entry, Pair before) {}

  private final AtomicReference<Pair> current = new AtomicReference<>();

  void use(KeyEntry entry) {
    String alias = CertificateFacts.of(entry).fingerprint();
    current.updateAndGet(
        p -> new Pair(alias, entry, p == null ? null : new Pair(p.alias, p.entry, null)));
  }

  KeyEntry entry() {
    return current.get().entry;
  }

  private Pair named(String alias) {
    Pair now = current.get();
    return now.before != null && now.before.alias.equals(alias) ? now.before : now;
  }

  private String aliasFor(String keyType) {
    Pair now = current.get();
    return keyType.equals(now.entry.key().getAlgorithm()) ? now.alias : null;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return aliasFor(keyType);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return aliasFor(keyType);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    String alias = aliasFor(keyType);
    return alias == null ? new String[0] : new String[] {alias};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return named(alias).entry.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return named(alias).entry.key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
