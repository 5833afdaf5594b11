package org.slipway.https;

import java.io.Serial;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A security provider by which the container finds the portal's key manager under the name of an
 * algorithm: the one thing about keys that its configuration lets one choose.
 */
final class CurrentKeys extends Provider {
  @Serial private static final long serialVersionUID = 1L;
  static final String ALGORITHM = "SlipwayKeys";

  private CurrentKeys(X509ExtendedKeyManager keys) {
    super(ALGORITHM, "1", "The key with which the portal answers");
    putService(new Factory(this, keys));
  }

  static void offer(X509ExtendedKeyManager keys) {
    withdraw();
    Security.addProvider(new CurrentKeys(keys));
  }

  static void withdraw() {
    Security.removeProvider(ALGORITHM);
  }

  private static final class Factory extends Service {
    private final X509ExtendedKeyManager keys;

    Factory(Provider provider, X509ExtendedKeyManager keys) {
      super(
          provider,
          KeyManagerFactory.class.getSimpleName(),
          ALGORITHM,
          Spi.class.getName(),
          null,
          null);
      this.keys = keys;
    }

    @Override
    public Object newInstance(Object parameter) {
      return new Spi(keys);
    }
  }

  /** Whatever store the container has is not asked. */
  private static final class Spi extends KeyManagerFactorySpi {
    private final X509ExtendedKeyManager keys;

    Spi(X509ExtendedKeyManager keys) {
      this.keys = keys;
    }

    @Override
    protected void engineInit(KeyStore ignored, char[] password) {}

    @Override
    protected void engineInit(ManagerFactoryParameters ignored) {}

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return new KeyManager[] {keys};
    }
  }
}
