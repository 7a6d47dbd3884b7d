package io.bookstore.api.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeStreamTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "One ·two ·three.              | One· two· three.       | ",
                "One <sc·ript>· two            | One·  two              | ",
                "See [th·is](http·://evil) now | See· this now          | ",
                "See !·[cover](x) now          | See· cover now         | ",
                "Wow·!· More                   | Wow·! More             | ",
                "3 ·<· 5                       | 3· < 5                 | ",
                "A tale [of ·two] ·cities      | A tale· [of two]· cities | ",
                "A <b ·old tale                | A                      | ' b old tale'",
                "A <scr<b>·ipt> ·tale          | A                      | '  tale'",
            })
    void whatMayBeMarkupWaitsUntilItIsKnown(String cut, String shown, @Nullable String last) {
        List<String> given = new ArrayList<>();
        SafeStream stream = new SafeStream(given::add);

        List<String> written = List.of(cut.split("·", -1));
        written.forEach(stream);

        assertThat(String.join("·", given)).isEqualTo(shown);
        stream.finish(SafeText.of(cut.replace("·", "")));
        assertThat(String.join("·", given)).isEqualTo(last == null ? shown : shown + "·" + last);
    }

    @Test
    void characterOfTwoPiecesIsOne() {
        List<String> given = new ArrayList<>();
        SafeStream stream = new SafeStream(given::add);

        stream.accept("a\ud83d");
        assertThat(given).containsExactly("a");
        stream.accept("\udcd6b");
        assertThat(given).containsExactly("a", "\ud83d\udcd6b");
    }

    @Test
    void answerOfNothingButMarkupShowsNothing() {
        List<String> given = new ArrayList<>();
        SafeStream stream = new SafeStream(given::add);

        List.of(" <b", ">", "\n", "</b", "> ").forEach(stream);
        stream.finish(SafeText.of(" <b>\n</b> "));

        assertThat(given).isEmpty();
    }

    @Test
    void piecesOfAnyAnswerAreTogetherItsText() {
        SplittableRandom random = new SplittableRandom(6);
        String alphabet = "ab <<>>[[]]()()!:/\n\u0000\u200b\ud83d\udcd6\udb40\udc01";
        for (int i = 0; i < 50_000; i++) {
            List<String> written = new ArrayList<>();
            // Most are short, so that every combination comes; some are longer than an answer may be.
            int length = random.nextInt(1, i % 500 == 0 ? 9_000 : 16);
            StringBuilder whole = new StringBuilder();
            while (whole.length() < length) {
                StringBuilder piece = new StringBuilder();
                for (int j = random.nextInt(1, length == 1 ? 2 : 1 + Math.min(length, 200)); j > 0; j--) {
                    piece.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                written.add(piece.toString());
                whole.append(piece);
            }
            List<String> given = new ArrayList<>();
            SafeStream stream = new SafeStream(given::add);

            written.forEach(stream);
            String text = SafeText.of(whole.toString());
            assertThat(text).as("%s", written).startsWith(String.join("", given));
            stream.finish(text);

            assertThat(String.join("", given)).as("%s", written).isEqualTo(text);
            assertThat(given).as("%s", written).doesNotContain("");
        }
    }
}
