package org.slipway.web;

/**
 * How a state looks: a colour and an icon, always beside its word.
 *
 * @param tone the last part of a style class
 * @param icon a style class of PrimeIcons
 */
record StateLook(String tone, String icon) {
  static StateLook of(Object state) {
    return switch (String.valueOf(state)) {
      case "ALLOWED",
          "ACTIVE",
          "LISTENING",
          "ENABLED",
          "OFFER",
          "COMPLETE",
          "DELIVERED",
          "FINISHED",
          "DONE",
          "SENT",
          "VALID",
          "BOUND",
          "OK" ->
          new StateLook("good", "pi-check-circle");
      case "NOTE" -> new StateLook("idle", "pi-info-circle");
      case "WARNING" -> new StateLook("warn", "pi-exclamation-triangle");
      case "PENDING", "WAITING", "EXPIRES_SOON" -> new StateLook("warn", "pi-clock");
      case "SUSPENDED", "ABORTED", "SILENCE", "DECLINED" ->
          new StateLook("warn", "pi-pause-circle");
      case "LOCKED" -> new StateLook("warn", "pi-lock");
      case "SELF_SIGNED" -> new StateLook("warn", "pi-id-card");
      case "NOT_ALLOWED", "REJECTED", "FAILED", "REFUSED", "EXPIRED" ->
          new StateLook("bad", "pi-times-circle");
      case "OPEN", "RUNNING", "BOOTING" -> new StateLook("busy", "pi-spinner");
      case "STOPPED", "DISABLED", "ABANDONED", "REVOKED" -> new StateLook("idle", "pi-stop-circle");
      default -> new StateLook("idle", "pi-circle");
    };
  }
}
