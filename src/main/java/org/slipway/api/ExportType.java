package org.slipway.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slipway.accounts.InvalidInputException;

/** In which form a list is wanted: {@code ?format=csv}, else what the caller accepts first. */
enum ExportType {
  JSON(MediaType.APPLICATION_JSON_TYPE),
  CSV(new MediaType("text", "csv")),
  JSONL(new MediaType("application", "x-ndjson"));

  private final MediaType mediaType;

  ExportType(MediaType mediaType) {
    this.mediaType = mediaType;
  }

  /**
   * @param possible the forms that the list has
   * @throws InvalidInputException if the format is none of them
   */
  static ExportType of(String format, HttpHeaders headers, List<ExportType> possible) {
    if (format == null || format.isEmpty()) {
      return headers.getAcceptableMediaTypes().stream()
          .flatMap(accepted -> accepted(accepted, possible).stream())
          .findFirst()
          .orElse(JSON);
    }
    return possible.stream()
        .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(format))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "format",
                "filter.choice",
                "Allowed: json, csv" + (possible.contains(JSONL) ? ", jsonl" : "")));
  }

  private static Optional<ExportType> accepted(MediaType accepted, List<ExportType> possible) {
    return possible.stream().filter(type -> type.mediaType.isCompatible(accepted)).findFirst();
  }
}
