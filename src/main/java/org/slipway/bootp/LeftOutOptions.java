package org.slipway.bootp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.provisioning.HardwareAddress;

/** Tells an administrator, once for each device, which options had no room in a reply. */
public final class LeftOutOptions {
  private static final Logger LOG = Logger.getLogger(LeftOutOptions.class.getName());
  private static final int REMEMBERED = 1024;

  private final Map<HardwareAddress, List<Integer>> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HardwareAddress, List<Integer>> eldest) {
          return size() > REMEMBERED;
        }
      };

  public void report(HardwareAddress device, List<Integer> tags) {
    if (tags.isEmpty()) {
      return;
    }
    synchronized (told) {
      if (tags.equals(told.put(device, tags))) {
        return;
      }
    }
    LOG.log(
        Level.WARNING,
        "The reply to {0} has no room for the options {1}",
        new Object[] {device, tags});
  }
}
