package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownBadVersionsTest {

    @Test
    void nettyOfMicronautsPlatformIsNamedWithEachHole() {
        assertThat(KnownBadVersions.among(List.of(netty("4.2.9.Final"))))
                .hasSize(3)
                .contains("io.netty:netty-codec-http must be 4.2.10 or newer, was 4.2.9.Final: CVE-2026-33870, a quoted"
                        + " chunk extension with a line break hides a second request; raise it in the root POM");
    }

    @Test
    void lastVersionWithAHoleIsNamedAndTheFirstWithoutIsNot() {
        assertThat(KnownBadVersions.among(List.of(netty("4.2.17.Final"))))
                .singleElement()
                .asString()
                .contains("CVE-2026-89044");
        assertThat(KnownBadVersions.among(List.of(netty("4.2.18.Final")))).isEmpty();
    }

    @Test
    void otherPathsAreSkipped() {
        assertThat(KnownBadVersions.among(List.of(Path.of("target/classes"), Path.of("/lib/netty-codec-http.jar"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4.2.9.Final, 4.2.10, true",
        "4.2.10.Final, 4.2.9, false",
        "4.2.18.Final, 4.2.18, false",
        "4.1, 4.1.1, true",
        "5.0.0.Alpha2, 4.2.18, false"
    })
    void versionsAreComparedByTheirNumbers(String version, String other, boolean before) {
        assertThat(KnownBadVersions.isBefore(version, other)).isEqualTo(before);
    }

    @Test
    void thisModuleHasNone() {
        assertThat(KnownBadVersions.onClassPath()).isEmpty();
    }

    private static Path netty(String version) {
        return Path.of("/repository/io/netty/netty-codec-http/" + version + "/netty-codec-http-" + version + ".jar");
    }
}
