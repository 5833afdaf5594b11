package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One's own page. */
@Named
@RequestScoped
public class HomePage {
  @Inject private Me me;
}
