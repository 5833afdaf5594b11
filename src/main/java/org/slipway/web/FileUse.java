package org.slipway.web;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Manifest;
import org.slipway.storage.VirtualPath;

/** Which manifests and devices need a boot file, as they are now. */
final class FileUse {
  private final Map<String, Set<String>> manifestsByPath = new HashMap<>();
  private final Map<String, Integer> devicesByManifest = new HashMap<>();
  private final Map<String, Integer> devicesByPath = new HashMap<>();

  FileUse(Collection<Manifest> manifests, Collection<Device> devices) {
    for (Manifest manifest : manifests) {
      for (Manifest.Step step : manifest.steps()) {
        manifestsByPath.computeIfAbsent(step.path(), p -> new TreeSet<>()).add(manifest.name());
      }
    }
    for (Device device : devices) {
      device.manifest().ifPresent(m -> devicesByManifest.merge(m, 1, Integer::sum));
      device
          .bootFile()
          .filter(f -> device.manifest().isEmpty())
          .ifPresent(f -> devicesByPath.merge(plain(f), 1, Integer::sum));
    }
  }

  private static String plain(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  /** The names of the manifests that have it, or something in it, as a step. */
  List<String> manifests(VirtualPath path) {
    Set<String> names = new TreeSet<>();
    below(manifestsByPath.keySet(), path).forEach(p -> names.addAll(manifestsByPath.get(p)));
    return List.copyOf(names);
  }

  /** How many devices boot with it, by a manifest or by itself. */
  int devices(VirtualPath path) {
    int byManifest =
        manifests(path).stream().mapToInt(m -> devicesByManifest.getOrDefault(m, 0)).sum();
    return byManifest
        + below(devicesByPath.keySet(), path).stream().mapToInt(devicesByPath::get).sum();
  }

  private static Set<String> below(Set<String> paths, VirtualPath path) {
    String exact = path.relative();
    Set<String> found = new HashSet<>();
    for (String candidate : paths) {
      if (candidate.equals(exact) || candidate.startsWith(exact + "/")) {
        found.add(candidate);
      }
    }
    return found;
  }
}
