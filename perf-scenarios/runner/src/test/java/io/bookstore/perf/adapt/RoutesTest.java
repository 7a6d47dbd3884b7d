package io.bookstore.perf.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    @ParameterizedTest
    @CsvSource({
        "/api/books/{bookId}/summary?refresh={refresh}, /api/books/[^/]+/summary",
        "/v1/chat/completions, /v1/chat/completions",
        "/{tenant}/v1.0:ask, /[^/]+/v1[.]0:ask",
    })
    void pathIsARouteWhateverTheServiceCallsItsParts(String path, String pattern) {
        assertThat(Routes.ofPath(path)).isEqualTo(pattern);
    }

    @ParameterizedTest
    @CsvSource({
        "/health/readiness, /health/liveness, true",
        "/actuator/health, /actuator/health/liveness, true",
        "/healthz, /healthz, true",
        "/healthz, /healthzone, false",
        // A descriptor without health means this path, which must not stand for every other.
        "/, /, true",
        "/, /v1/tickets, false",
    })
    void healthStandsForWhatLiesBelowIt(String path, String route, boolean matches) {
        assertThat(route.matches(Routes.ofHealth(path))).isEqualTo(matches);
    }

    @Test
    void textStandsForItselfWithoutABackslash() {
        assertThat(Routes.exactly("a.b+{c}|(d)[e]*?$^\\")).isEqualTo("a[.]b[+][{]c[}][|][(]d[)][[]e[]][*][?][$]..");
    }
}
