package io.bookstore.perf.results.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource({
        "API_KEY, x, true",
        "HELPDESK_TOKEN, x, true",
        "jwt, x, true",
        "DB_PASSWORD, x, true",
        "X, Bearer abc, true",
        "X, sk-abc, true",
        "API_KEY, '', false",
        "MAX_TOKENS, 200, false",
        "TARGET, orders, false",
        "KEYBOARD, x, false"
    })
    void secretIsKnownByItsNameOrByTheFormOfItsValue(String variable, String text, boolean secret) {
        assertThat(Secrets.isSecret(variable, text)).isEqualTo(secret);
    }

    @Test
    void userAndPasswordOfAnAddressAreMasked() {
        assertThat(Secrets.masked(Map.of("BASE_URL", "http://me:w@rd@host:80/x", "API_KEY", "k", "AI_USERS", "30")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("BASE_URL", "http://****:****@host:80/x", "API_KEY", "***", "AI_USERS", "30"));
    }
}
