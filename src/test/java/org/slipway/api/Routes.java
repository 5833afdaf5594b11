package org.slipway.api;

import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slipway.web.Page;

/** Every way into the portal, as the code declares it. */
final class Routes {
  private static final Pattern MAPPED = Pattern.compile("<url-pattern>([^<]*)</url-pattern>");

  private Routes() {}

  /** {@code GET /accounts/{username}}, of every method of every resource. */
  static Set<String> resources() {
    Set<String> result = new TreeSet<>();
    for (Class<?> resource : RestApplication.RESOURCES) {
      for (Method method : resource.getMethods()) {
        verbs(method).forEach(verb -> result.add(verb + " " + template(resource, method)));
      }
    }
    return result;
  }

  private static Stream<String> verbs(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getAnnotation(HttpMethod.class).value());
  }

  private static String template(Class<?> resource, Method method) {
    String below =
        method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : "";
    String whole =
        resource.getAnnotation(Path.class).value()
            + (below.isEmpty() || below.startsWith("/") ? "" : "/")
            + below;
    return whole.replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
  }

  static Set<String> pages() {
    return Arrays.stream(Page.values()).map(Page::getPath).collect(toCollection(TreeSet::new));
  }

  /** What servlets and filters are mapped to, by annotation and in web.xml. */
  static Set<String> mappings() {
    Set<String> result = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.slipway.api", "org.slipway.web")) {
      if (type.isAnnotatedWith(WebServlet.class)) {
        WebServlet servlet = type.reflect().getAnnotation(WebServlet.class);
        result.addAll(Arrays.asList(servlet.value()));
        result.addAll(Arrays.asList(servlet.urlPatterns()));
      }
      if (type.isAnnotatedWith(WebFilter.class)) {
        WebFilter filter = type.reflect().getAnnotation(WebFilter.class);
        result.addAll(Arrays.asList(filter.value()));
        result.addAll(Arrays.asList(filter.urlPatterns()));
      }
    }
    try {
      String deployed = Files.readString(java.nio.file.Path.of("webapp", "WEB-INF", "web.xml"));
      MAPPED.matcher(deployed).results().forEach(m -> result.add(m.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }
}
