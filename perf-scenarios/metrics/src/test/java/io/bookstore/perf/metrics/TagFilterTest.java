package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagFilterTest {

    @Test
    void everyTagMustMatch() {
        TagFilter filter = TagFilter.parse("http_req_duration{ name : summary , status:200}");

        assertThat(filter.metric()).isEqualTo("http_req_duration");
        assertThat(filter.matches(Map.of("name", "summary", "status", "200", "more", "x")))
                .isTrue();
        assertThat(filter.matches(Map.of("name", "summary", "status", "500"))).isFalse();
        assertThat(filter.matches(Map.of("name", "summary"))).isFalse();
    }

    @Test
    void valueMayContainColonsAndQuotes() {
        assertThat(TagFilter.parse("checks{group:::A}").tags()).containsEntry("group", "::A");
        assertThat(TagFilter.parse("m{url:http://h/p}").tags()).containsEntry("url", "http://h/p");
        assertThat(TagFilter.parse("m{name:'a b'}").tags()).containsEntry("name", "a b");
    }

    @Test
    void filterMayHoldSeveralTagsBlanksQuotesAndColons() {
        TagFilter filter = TagFilter.parse("d{ scenario : ai , group:::books, name:\"a b\"}");

        assertThat(filter.metric()).isEqualTo("d");
        assertThat(filter.tags()).isEqualTo(Map.of("scenario", "ai", "group", "::books", "name", "a b"));
    }

    @Test
    void sampleWithoutTheTagHasTheEmptyValue() {
        TagFilter filter = TagFilter.parse("checks{group:}");

        assertThat(filter.matches(Map.of("check", "ok"))).isTrue();
        assertThat(filter.matches(Map.of("group", ""))).isTrue();
        assertThat(filter.matches(Map.of("group", "::a"))).isFalse();
    }

    @Test
    void keyWithoutTagsIsTheWholeMetric() {
        assertThat(TagFilter.parse("checks")).isEqualTo(new TagFilter("checks", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m{", "m{}", "m{a:x", "m}", "m{a}"})
    void malformedKeyIsRefused(String key) {
        assertThatThrownBy(() -> TagFilter.parse(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }
}
