package io.bookstore.simulator.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The length of base64 is that of its bytes, without a look at them. */
class DocumentBytesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 100, 16_000})
    void lengthIsThatOfTheBytes(int bytes) {
        byte[] content = new byte[bytes];

        assertThat(DocumentBytes.length(Base64.getEncoder().encodeToString(content)))
                .isEqualTo(bytes);
        assertThat(DocumentBytes.length(Base64.getEncoder().withoutPadding().encodeToString(content)))
                .isEqualTo(bytes);
        assertThat(DocumentBytes.length(Base64.getMimeEncoder().encodeToString(content)))
                .isEqualTo(bytes);
    }

    /** A long body has only the beginning of its file. */
    @Test
    void lengthOfABeginningIsThatOfItsWholeBytes() {
        String base64 = Base64.getEncoder().encodeToString(new byte[300]);

        for (int end = 0; end <= base64.length(); end++) {
            String beginning = base64.substring(0, end);
            assertThat(DocumentBytes.length(beginning)).isEqualTo(DocumentBytes.decoded(beginning).length);
        }
    }
}
