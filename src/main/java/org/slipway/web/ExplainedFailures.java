package org.slipway.web;

import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;
import java.io.IOException;
import java.util.Iterator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.RefusedException;

/**
 * What a page does with an exception that its bean did not handle: a page that has expired is shown
 * anew, a refusal is explained, a fault of ours is logged with its stack and told without it.
 */
public final class ExplainedFailures extends ExceptionHandlerWrapper {
  private static final Logger LOG = Logger.getLogger(ExplainedFailures.class.getName());

  private ExplainedFailures(ExceptionHandler wrapped) {
    super(wrapped);
  }

  /** Named in faces-config.xml. */
  public static final class Factory extends ExceptionHandlerFactory {
    public Factory(ExceptionHandlerFactory wrapped) {
      super(wrapped);
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
      return new ExplainedFailures(getWrapped().getExceptionHandler());
    }
  }

  @Override
  public void handle() throws FacesException {
    FacesContext context = FacesContext.getCurrentInstance();
    Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
    while (events.hasNext()) {
      Throwable cause = root(events.next().getContext().getException());
      if (explained(context, cause)) {
        events.remove();
      }
    }
    getWrapped().handle();
  }

  private static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && !isOurs(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isOurs(Throwable t) {
    return t instanceof RefusedException
        || t instanceof InvalidInputException
        || t instanceof ViewExpiredException;
  }

  private static boolean explained(FacesContext context, Throwable cause) {
    if (context.getCurrentPhaseId() == PhaseId.RENDER_RESPONSE) {
      return false;
    }
    return switch (cause) {
      case ViewExpiredException _ -> shownAnew(context);
      case RefusedException e -> {
        Feedback.error(Words.text(e.refusal()));
        yield true;
      }
      case InvalidInputException e -> {
        e.violations().forEach(v -> Feedback.error(Words.text(v)));
        yield true;
      }
      default -> {
        LOG.log(Level.SEVERE, "A page failed", cause);
        if (context.getPartialViewContext().isAjaxRequest() && context.getViewRoot() != null) {
          Feedback.error(Words.text("failed"));
          yield true;
        }
        yield false;
      }
    };
  }

  private static boolean shownAnew(FacesContext context) {
    ExternalContext external = context.getExternalContext();
    String url = Here.url(external);
    try {
      external.redirect(url + (url.contains("?") ? "&" : "?") + "expired=1");
    } catch (IOException e) {
      throw new FacesException(e);
    }
    context.responseComplete();
    return true;
  }
}
