package org.slipway.certificates;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and its certificates.
 *
 * @param chain the key's own certificate first, each one signed by the next
 */
record KeyEntry(PrivateKey key, List<X509Certificate> chain) {
  KeyEntry {
    chain = List.copyOf(chain);
  }

  X509Certificate leaf() {
    return chain.getFirst();
  }

  /** The key is not for logs. */
  @Override
  public String toString() {
    return "KeyEntry[" + leaf().getSubjectX500Principal() + "]";
  }
}
