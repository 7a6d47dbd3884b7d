package io.bookstore.simulator.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cosine of two texts is that of their words. */
class TextVectorTest {

    private static final int DIMENSIONS = 1_024;

    @Test
    void sameTextHasTheSameVector() {
        assertThat(vector("Emma by Jane Austen")).isEqualTo(vector("Emma by Jane Austen"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Emma", "", "the of and", "...", "Ишмаэл и кит"})
    void lengthIsOneWhateverTheText(String text) {
        assertThat(cosine(text, text)).isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 256, 3_072})
    void anyNumberOfDimensionsHasAVectorOfLengthOne(int dimensions) throws Exception {
        double[] vector = numbers(TextVector.of("Emma, by Jane Austen", dimensions));

        assertThat(vector).hasSize(dimensions);
        assertThat(IntStream.range(0, dimensions)
                        .mapToDouble(i -> vector[i] * vector[i])
                        .sum())
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void cosineGrowsWithTheWordsThatAreShared() {
        String question = "whale captain ship sea";

        double all = cosine(question, "sea ship captain whale");
        double half = cosine(question, "whale captain garden tea");
        double none = cosine(question, "garden tea ball carriage");

        assertThat(all).isBetween(0.85, 0.99);
        assertThat(half).isBetween(0.35, 0.6);
        assertThat(none).isBetween(-0.15, 0.15);
    }

    @Test
    void stopWordsAndCaseMakeNoDifference() {
        assertThat(cosine("Who is the captain of the ship?", "the captain and his ship"))
                .isGreaterThan(0.85);
        assertThat(cosine("the captain of the ship", "the garden of the house")).isLessThan(0.15);
    }

    @Test
    void textOfStopWordsAloneIsItsWords() {
        assertThat(cosine("to be or not to be", "not to be")).isGreaterThan(0.5);
    }

    @Test
    void base64HasTheSameNumbersAsJson() throws Exception {
        TextVector vector = TextVector.of("Emma", 64);
        FloatBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(vector.base64()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        double[] numbers = numbers(vector);

        assertThat(floats.remaining()).isEqualTo(64);
        assertThat(IntStream.range(0, 64))
                .allSatisfy(i -> assertThat((double) floats.get(i)).isCloseTo(numbers[i], within(1e-6)));
    }

    private static double cosine(String one, String other) {
        double[] a = vector(one);
        double[] b = vector(other);
        return IntStream.range(0, DIMENSIONS).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double[] vector(String text) {
        try {
            return numbers(TextVector.of(text, DIMENSIONS));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static double[] numbers(TextVector vector) throws Exception {
        return new ObjectMapper().readValue(vector.json(), double[].class);
    }
}
