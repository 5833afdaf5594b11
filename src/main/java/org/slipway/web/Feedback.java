package org.slipway.web;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import java.util.List;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Violation;

/** Tells the reader what became of an action: beside the field where it is about one. */
final class Feedback {
  private Feedback() {}

  /**
   * Does something and explains it if it is refused.
   *
   * @param form id of the form whose inputs are named as the fields are
   * @return whether it was done
   */
  static boolean tried(String form, Runnable action) {
    try {
      action.run();
      return true;
    } catch (InvalidInputException e) {
      violations(form, e.violations());
    } catch (RefusedException e) {
      error(Words.text(e.refusal()));
    }
    FacesContext.getCurrentInstance().validationFailed();
    return false;
  }

  static void violations(String form, List<Violation> violations) {
    for (Violation violation : violations) {
      field(form, violation.field(), Words.text(violation));
    }
    FacesContext.getCurrentInstance().validationFailed();
  }

  /** Shows a text beside a field, or on top where the form has no such field. */
  static void field(String form, String field, String text) {
    FacesContext context = FacesContext.getCurrentInstance();
    String id = field.replaceAll("[^A-Za-z0-9].*", "");
    UIComponent component = context.getViewRoot().findComponent(form + ":" + id);
    FacesMessage message = new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text);
    if (component instanceof EditableValueHolder input) {
      input.setValid(false);
      context.addMessage(component.getClientId(context), message);
    } else {
      context.addMessage(null, message);
    }
    context.validationFailed();
  }

  static void done(String key, Object... arguments) {
    top(FacesMessage.SEVERITY_INFO, Words.text(key, arguments));
  }

  static void error(String text) {
    top(FacesMessage.SEVERITY_ERROR, text);
  }

  /** Keeps the messages over a redirect. */
  static void keep() {
    FacesContext.getCurrentInstance().getExternalContext().getFlash().setKeepMessages(true);
  }

  private static void top(FacesMessage.Severity severity, String text) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, null));
  }
}
