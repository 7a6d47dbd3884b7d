package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The signatures of this module itself. */
class PublicApiTest {

    @Test
    void publicTypesAreListedWithTheirPublicMembersAndNoOthers() throws Exception {
        assertThat(PublicApi.signatures(Path.of("target/classes")))
                .containsSubsequence(
                        "class io.bookstore.testing.ClosedPort",
                        "    int number()",
                        "    io.bookstore.testing.ClosedPort()",
                        "    io.bookstore.testing.ClosedPort(int)",
                        "    java.lang.String url()",
                        "    void close()",
                        "class io.bookstore.testing.KnownBadVersions",
                        "    static java.util.List<java.lang.String> onClassPath()")
                .noneMatch(line -> line.contains("isBefore") || line.contains("$Bad"));
    }
}
