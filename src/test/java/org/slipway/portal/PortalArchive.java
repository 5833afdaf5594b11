package org.slipway.portal;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The built WAR, as it is delivered, for tests that look at it from inside the container. */
public final class PortalArchive {

  private PortalArchive() {}

  /** The WAR, with these test classes beside its own. */
  public static WebArchive with(Class<?>... tests) {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/slipway.war"))
        .addClasses(tests);
  }
}
