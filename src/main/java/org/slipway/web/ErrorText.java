package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** What the error page says: what happened and what to do, nothing of the inside. */
@Named
@RequestScoped
public class ErrorText {
  @Inject private HttpServletRequest request;

  private String kind() {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return switch (status) {
      case Integer code when code == 403 -> "forbidden";
      case Integer code when code == 404 -> "missing";
      case Integer code when code < 500 -> "request";
      case null, default -> "failed";
    };
  }

  public boolean isOurs() {
    return kind().equals("failed");
  }

  public String getTitle() {
    return Words.text("error." + kind() + ".title");
  }

  public String getText() {
    return Words.text("error." + kind() + ".text");
  }
}
