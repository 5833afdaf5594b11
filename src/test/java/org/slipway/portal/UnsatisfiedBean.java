package org.slipway.portal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Needs what nobody makes: a WAR with this in it cannot be deployed. */
@Singleton
public class UnsatisfiedBean {
  @Inject Process nobodyMakesThis;
}
