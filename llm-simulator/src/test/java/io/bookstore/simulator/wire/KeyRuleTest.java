package io.bookstore.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyRuleTest {

    private static final KeyRule rule = new KeyRule(List.of("authorization", "api-key"), List.of("key="), "No key");

    @Test
    void anyKeyInAnyOfItsPlacesWillDo() {
        assertThat(isMet(Map.of("authorization", "Bearer x"), "")).isTrue();
        assertThat(isMet(Map.of("api-key", "x"), "")).isTrue();
        assertThat(isMet(Map.of(), "alt=sse&key=x")).isTrue();
        assertThat(isMet(Map.of(), "key=x")).isTrue();
    }

    @Test
    void emptyKeyIsNone() {
        assertThat(isMet(Map.of(), "")).isFalse();
        assertThat(isMet(Map.of("authorization", "Bearer "), "")).isFalse();
        assertThat(isMet(Map.of("api-key", " "), "")).isFalse();
        assertThat(isMet(Map.of("x-api-key", "x"), "monkey=x")).isFalse();
    }

    @Test
    void providerThatAsksForNoneIsContentWithNone() {
        assertThat(KeyRule.NONE.isMet(name -> null, "")).isTrue();
    }

    @Test
    void keyIsThatOfItsFirstPlace() {
        assertThat(rule.key(Map.of("authorization", "Bearer x", "api-key", "y")::get, "key=z"))
                .isEqualTo("x");
        assertThat(rule.key(Map.of("api-key", "y")::get, "key=z")).isEqualTo("y");
        assertThat(rule.key(name -> null, "alt=sse&key=z")).isEqualTo("z");
        assertThat(rule.key(name -> null, "monkey=z")).isEmpty();
    }

    @Test
    void gatewayBeforeAProviderThatAsksForNoneHasItsOwn() {
        assertThat(KeyRule.NONE.key(Map.of("authorization", "Bearer x")::get, ""))
                .isEqualTo("x");
    }

    private static boolean isMet(Map<String, String> headers, String query) {
        return rule.isMet(headers::get, query);
    }
}
