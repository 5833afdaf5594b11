package org.slipway.web;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.OutputStream;

/** A file in answer to a form, written as it is made. */
final class Download {
  private Download() {}

  /** What is in the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param name plain ASCII without quotation marks
   */
  static void send(String name, String mediaType, Content content) throws IOException {
    FacesContext context = FacesContext.getCurrentInstance();
    ExternalContext external = context.getExternalContext();
    external.setResponseContentType(mediaType);
    external.setResponseHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    content.writeTo(external.getResponseOutputStream());
    context.responseComplete();
  }
}
