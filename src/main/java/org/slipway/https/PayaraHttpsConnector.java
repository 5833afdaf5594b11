package org.slipway.https;

import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slipway.certificates.ServerTls;

/**
 * Payara's own HTTPS listener, which is configured but disabled in Payara Micro. Its administration
 * commands, the same as in {@code preboot.txt}, name our key manager for it and enable it. They
 * wait for a deployment that is under way, so the portal must answer before it may ask for this.
 */
@Singleton
final class PayaraHttpsConnector implements HttpsConnector {
  private static final String NETWORK = "configs.config.server-config.network-config.";
  private static final String PROTOCOL = NETWORK + "protocols.protocol.https-listener.";
  private static final String LISTENER =
      NETWORK + "network-listeners.network-listener.https-listener.";

  /** As the unencrypted listener is (preboot.txt), and HTTP/1.1 alone. */
  private static final List<String> HTTP =
      List.of(
          "http.server-header=false",
          "http.xpowered-by=false",
          "http.trace-enabled=false",
          "http.request-timeout-seconds=-1",
          "http.http2-enabled=false");

  private static final List<String> TLS =
      List.of(
          "ssl.classname=org.glassfish.grizzly.config.ssl.JSSEImplementation",
          "ssl.cert-nickname=",
          "ssl.tls-session-timeout=300",
          "ssl.key-algorithm=" + CurrentKeys.ALGORITHM,
          "ssl.tls12-enabled=true",
          "ssl.tls13-enabled=true",
          "ssl.ssl3-tls-ciphers=" + String.join(",", ServerTls.CIPHER_SUITES),
          "ssl.handshake-timeout-millis=10000",
          "ssl.renegotiate-on-client-auth-want=false");

  @Override
  public void open(int port, X509ExtendedKeyManager keys) {
    CurrentKeys.offer(keys);
    List<String> values = new ArrayList<>();
    HTTP.forEach(value -> values.add(PROTOCOL + value));
    TLS.forEach(value -> values.add(PROTOCOL + value));
    values.add(LISTENER + "port=" + port);
    run("set", values);
    run("set", List.of(LISTENER + "enabled=true"));
  }

  @Override
  public void close() {
    CurrentKeys.withdraw();
  }

  /** Not by its types, which are in no repository that a build may ask. */
  private static void run(String command, List<String> arguments) {
    try {
      Class<?> type = Class.forName("org.glassfish.embeddable.CommandRunner");
      Method get =
          Class.forName("org.glassfish.internal.api.Globals").getMethod("get", Class.class);
      Object runner = get.invoke(null, type);
      Object result =
          type.getMethod("run", String.class, String[].class)
              .invoke(runner, command, arguments.toArray(String[]::new));
      Class<?> answer = Class.forName("org.glassfish.embeddable.CommandResult");
      Object status = answer.getMethod("getExitStatus").invoke(result);
      if (!status.toString().equals("SUCCESS")) {
        Object output = answer.getMethod("getOutput").invoke(result);
        throw new UnavailableException("The container refuses its HTTPS listener: " + output, null);
      }
    } catch (ReflectiveOperationException e) {
      throw new UnavailableException("HTTPS needs Payara Micro as the container", e);
    }
  }
}
