package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Violation;
import org.slipway.api.model.Problem;

class ErrorMappingTest {

  @ParameterizedTest
  @CsvSource({
    "NOT_LOGGED_IN, 401",
    "WRONG_CREDENTIALS, 401",
    "SECOND_FACTOR_NEEDED, 401",
    "LOCKED_OUT, 429",
    "ACCOUNT_PENDING, 403",
    "ACCOUNT_SUSPENDED, 403",
    "ACCOUNT_REJECTED, 403",
    "ACCOUNT_EXPIRED, 403",
    "NO_PERMISSION, 403",
    "NO_SUCH_FILE, 404",
    "ALREADY_EXISTS, 409",
    "BAD_NAME, 400",
    "OVER_QUOTA, 507",
    "OVER_TRAFFIC, 429",
    "DISK_FULL, 507",
    "TOO_MANY_SESSIONS, 429",
    "CHANGED_MEANWHILE, 412"
  })
  void everyRefusalHasItsStatus(Refusal.Kind kind, int status) {
    assertThat(ErrorMapping.problem(new RefusedException(kind, "why")).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource(Refusal.Kind.class)
  void everyRefusalIsAProblemOfItsOwnType(Refusal.Kind kind) {
    Problem problem = ErrorMapping.problem(new RefusedException(kind, "why"));
    assertThat(problem.type()).matches("urn:slipway:refusal:[a-z-]+");
    assertThat(problem.detail()).isEqualTo("why");
    assertThat(problem.status()).isBetween(400, 599);
  }

  @Test
  void violationsAreNamedByField() {
    Problem problem =
        ErrorMapping.problem(
            new InvalidInputException(List.of(new Violation("steps[2].path", "path.long", "no"))));
    assertThat(problem.violations().getFirst().field()).isEqualTo("steps[2].path");
  }

  @Test
  void aFaultOfOursTellsNothing() {
    Problem problem =
        ErrorMapping.problem(new IllegalStateException("/srv/slipway/homes: password=secret"));
    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.toString()).doesNotContain("srv", "secret", "IllegalState");
  }
}
