package org.slipway.api;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** What the REST API consists of. Only what is named here answers. */
@ApplicationPath("/api/v1")
public class RestApplication extends Application {
  static final Set<Class<?>> RESOURCES =
      Set.of(
          AccountSignInResource.class,
          AccountsResource.class,
          AuditResource.class,
          BootFilesResource.class,
          CertificatesResource.class,
          DevicePacketsResource.class,
          DeviceRunsResource.class,
          DevicesResource.class,
          FilesResource.class,
          FtpSelfCheckResource.class,
          GroupsResource.class,
          InvitationsResource.class,
          LeasesResource.class,
          ListenersResource.class,
          LockOutsResource.class,
          ManifestsResource.class,
          MeResource.class,
          NetworksResource.class,
          PasswordStrengthResource.class,
          PasswordResetsResource.class,
          RegistrationsResource.class,
          RemapRulesResource.class,
          SecondFactorResource.class,
          SessionsResource.class,
          SharedFoldersResource.class,
          TokensResource.class,
          SmtpResource.class,
          TftpUploadsResource.class,
          TransfersResource.class,
          TrashResource.class,
          UploadsResource.class);
  private static final Set<Class<?>> PROVIDERS =
      Set.of(AccessFilter.class, ErrorMapping.class, JsonBodies.class, ResponseHeaders.class);

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes = new java.util.HashSet<>(RESOURCES);
    classes.addAll(PROVIDERS);
    return classes;
  }

  @Override
  @SuppressWarnings("deprecation")
  public Set<Object> getSingletons() {
    return Set.of(new JacksonJsonProvider(ApiJson.MAPPER));
  }

  /** Only Jackson writes JSON, nothing is registered by itself, and nothing describes itself. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.disableJsonBinding", true,
        "jersey.config.disableMoxyJson", true,
        "jersey.config.server.disableAutoDiscovery", true,
        "jersey.config.server.wadl.disableWadl", true);
  }
}
