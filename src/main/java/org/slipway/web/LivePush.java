package org.slipway.web;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.faces.event.WebsocketEvent;
import jakarta.faces.event.WebsocketEvent.Closed;
import jakarta.faces.event.WebsocketEvent.Opened;
import jakarta.faces.push.Push;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slipway.live.LiveConnections;

/**
 * Lets the live page follow: at most one message a second, only while somebody looks, and nothing
 * in it but that there is news. What the news is the page asks for itself, with the rights of its
 * reader.
 */
@ApplicationScoped
public class LivePush {
  static final String CHANNEL = "live";

  private static final int LAST = Interceptor.Priority.LIBRARY_AFTER;

  /** Without news there is a sign of life every so many seconds; the page counts on it. */
  private static final int LONGEST_SILENCE = 10;

  @Inject
  @Push(channel = CHANNEL)
  private PushContext push;

  @Inject private LiveConnections live;
  private final AtomicInteger readers = new AtomicInteger();
  private int lastState;
  private int silence;

  /** Behind the start of the portal, which tells of bad settings before anything needs them. */
  void begin(@Observes @Priority(LAST) Startup event) {
    live.onSecond(this::everySecond);
  }

  void opened(@Observes @Opened WebsocketEvent event) {
    if (event.getChannel().equals(CHANNEL)) {
      readers.incrementAndGet();
    }
  }

  void closed(@Observes @Closed WebsocketEvent event) {
    if (event.getChannel().equals(CHANNEL)) {
      readers.decrementAndGet();
    }
  }

  /** Always on the same thread. */
  private void everySecond() {
    if (readers.get() <= 0) {
      return;
    }
    int state = live.stateOfSessions();
    if (!live.transfers().isEmpty() || state != lastState || ++silence >= LONGEST_SILENCE) {
      silence = 0;
      push.send("news");
    }
    lastState = state;
  }
}
