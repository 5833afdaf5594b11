package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.List;

/** What is to be said on top of a form: what was done, and refusals that are about no field. */
@Named
@RequestScoped
public class Told {
  public List<FacesMessage> getMessages() {
    return FacesContext.getCurrentInstance().getMessageList(null);
  }
}
