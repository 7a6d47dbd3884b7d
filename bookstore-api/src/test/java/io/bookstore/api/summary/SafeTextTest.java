package io.bookstore.api.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A <b>bold</b> tale | A bold tale",
                "A tale<script src=x>alert(1)</script> | A talealert(1)",
                "A <scr<b>ipt>tale | A tale",
                "A <<b tale | A b tale",
                "A <img src=x onerror=alert(1) | A img src=x onerror=alert(1)",
                "See ![cover](http://evil/x.png) here | See cover here",
                "See [this](javascript:alert) now | See this now",
                "[[a](http://b)](http://c) | a",
                "See ![x](http://evil/(a)) here | See ! [x] (http://evil/(a)) here",
                "See ![a[b]c](http://evil/) here | See ! [a[b]c] (http://evil/) here",
                "See ![x][r] here [r]: http://evil/ | See ! [x][r] here [r] : http://evil/",
                "See !!![x][] here | See !!! [x][] here",
                "See !<b>[x](http://evil/(a)) here | See ! [x] (http://evil/(a)) here",
                "3 < 5 and 7 > 6 | 3 < 5 and 7 > 6",
                "A tale [of two] cities (1859) | A tale [of two] cities (1859)",
            })
    void markupIsTakenOutAndTheRestStays(String written, String expected) {
        assertThat(SafeText.of(written)).isEqualTo(expected);
    }

    @Test
    void controlCharactersAreTakenOutAndLinesStay() {
        assertThat(SafeText.of("One\u0000\u0007 two\u202e three\nfour\u200b")).isEqualTo("One two three\nfour");
    }

    @Test
    void halvesOfCharactersAreTakenOut() {
        assertThat(SafeText.of("One\ud83d two\udb40\u200b\udc01.")).isEqualTo("One two.");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(SafeText.of("x".repeat(5_000))).hasSize(SafeText.MAX_LENGTH);
        assertThat(SafeText.of("x".repeat(SafeText.MAX_LENGTH - 1) + "\ud83d\udcd6"))
                .isEqualTo("x".repeat(1_999));
    }

    @Test
    void whatIsCleanIsNotChangedAgain() {
        String nested = "<".repeat(200) + "a>".repeat(200) + "![x](".repeat(100) + "y)".repeat(100) + "]:";

        String once = SafeText.of(nested);

        assertThat(SafeText.of(once)).isEqualTo(once);
        assertThat(once).doesNotContainPattern("<[a-zA-Z/!?]|!\\[|][(:]");
    }
}
