package io.bookstore.simulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bookstore.simulator.proxy.ProxiedExchange;
import io.bookstore.simulator.proxy.ProxiedExchange.Ending;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CassetteTest {

    private static final String SOUND =
            ReplayTest.text("{\"model\":\"m\"}", "completed", "{\"ms\":200,\"text\":\"a\"}");

    @TempDir
    private Path folder;

    @Test
    void lineIsReadAsItIsWritten() throws Exception {
        Path file = folder.resolve("calls.jsonl");
        byte[] half = {'a', (byte) 0xc3};

        write(file, List.of(new ProxiedExchange.Chunk(1_500_000, half), chunk(2_000_000, "b")));

        assertThat(Files.readString(file))
                .isEqualTo(
                        "{\"cassette\":1,\"time\":\"2026-01-01T00:00:00Z\",\"method\":\"POST\",\"path\":\"/v1/messages\","
                                + "\"query\":\"beta=true\",\"requestHeaders\":{\"anthropic-version\":\"2023-06-01\"},"
                                + "\"request\":{\"model\":\"m\"},\"status\":200,\"headers\":{\"content-type\":\"text/event-stream\"},"
                                + "\"outcome\":\"completed\",\"headMs\":1.0,\"durationMs\":3.0,"
                                + "\"chunks\":[{\"ms\":1.5,\"base64\":\"YcM=\"},{\"ms\":2.0,\"text\":\"b\"}]}\n");
        Recorded read = Cassette.read(List.of(file)).lines().get(0);
        assertThat(read.write()).hasToString(Files.readString(file).strip());
        assertThat(read.body()).containsExactly('a', 0xc3, 'b');
    }

    @Test
    void concatenationOfTwoIsOne() throws Exception {
        Path one = file(SOUND, SOUND);
        Path other = file(SOUND);
        Path both = folder.resolve("both.jsonl");
        Files.writeString(both, Files.readString(one) + Files.readString(other));

        assertThat(Cassette.read(List.of(both)).lines())
                .hasSize(3)
                .hasSameSizeAs(Cassette.read(List.of(one, other)).lines());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cassette\":1,\"time\":\"2026 | is cut, or no JSON: left out; record its request again",
                "[] | is no JSON object: left out",
                "{\"sequence\":1} | is no line of a cassette, which begins with {\"cassette\":1: left out",
                "{\"cassette\":2} | is of version 2, and this program reads version 1: record it again, or use the program"
                        + " that wrote it: left out"
            })
    void lineThatIsNotSoundIsNamedAndLeftOut(String line, String sentence) throws Exception {
        Path file = file(SOUND, line, SOUND);

        Cassette cassette = Cassette.read(List.of(file));

        assertThat(cassette.lines()).hasSize(2);
        assertThat(cassette.leftOut()).containsExactly(file + " line 2 " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"time\":\"2026-01-01T00:00:00Z\" | \"time\":\"today\" | has no time such as 2026-01-01T00:00:00Z",
                "\"method\":\"POST\" | \"method\":1 | has no method",
                "\"status\":200 | \"status\":100 | has no status from 200 to 999, or 0",
                "\"outcome\":\"completed\" | \"outcome\":\"lost\" | has an outcome other than completed, cut and cancelled",
                "\"headMs\":200 | \"headMs\":-1 | has no headMs of at least 0",
                "\"headMs\":200 | \"headMs\":201 | has chunks whose times do not ascend",
                "\"durationMs\":421 | \"durationMs\":1 | has a durationMs before its last chunk",
                "\"text\":\"a\" | \"other\":\"a\" | has a chunk without text and base64",
                "\"text\":\"a\" | \"base64\":\"?\" | has a chunk whose base64 is none"
            })
    void valueThatIsImpossibleIsNamed(String part, String wrong, String sentence) throws Exception {
        Path file = file(SOUND, SOUND.replace(part, wrong));

        assertThat(Cassette.read(List.of(file)).leftOut()).containsExactly(file + " line 2 " + sentence + ": left out");
    }

    @Test
    void fileWithoutASoundLineIsRefused() throws Exception {
        Path empty = file("");
        Path cut = file("{\"cassette\":1,");
        Path gone = folder.resolve("gone.jsonl");
        Path picture = folder.resolve("picture.jsonl");
        Files.write(picture, new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});

        assertRefused(empty, empty + " is empty: record answers with llm-simulator record");
        assertRefused(
                cut,
                cut + " has no sound line: " + cut + " line 1 is cut, or no JSON: left out; record its request again");
        assertRefused(gone, "There is no file " + gone + ": name a recording, as llm-simulator record writes it");
        assertRefused(picture, picture + " is not a text of JSON lines: name a recording");
    }

    private static void assertRefused(Path file, String sentence) {
        assertThatThrownBy(() -> Cassette.read(List.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void recordingThatWasCutIsContinuedOnALineOfItsOwn() throws Exception {
        Path file = folder.resolve("calls.jsonl");
        Files.writeString(file, SOUND + "\n{\"cassette\":1,\"ti");

        write(file, List.of(chunk(1_000_000, "a")));

        Cassette cassette = Cassette.read(List.of(file));
        assertThat(cassette.lines()).hasSize(2);
        assertThat(cassette.leftOut())
                .containsExactly(file + " line 2 is cut, or no JSON: left out; record its request again");
    }

    @Test
    void fileThatCannotBeWrittenIsRefused() {
        assertThatThrownBy(() -> new CassetteWriter(folder, sentence -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot write " + folder + ": ")
                .hasMessageEndingWith("; correct --out");
    }

    @Test
    void compressedAnswerIsNotRecordedAndTold() throws Exception {
        Path file = folder.resolve("calls.jsonl");
        List<String> sentences = new ArrayList<>();

        try (CassetteWriter writer = new CassetteWriter(file, sentences::add)) {
            writer.ended(exchange(List.of(Map.entry("Content-Encoding", "gzip")), List.of(chunk(1, "x"))), () -> {});
        }

        assertThat(file).isEmptyFile();
        assertThat(sentences)
                .containsExactly(
                        "An answer came compressed, though it was asked for as it is: passed on, and not recorded");
    }

    @Test
    void fullDiskIsToldOnce() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is always full");
        List<String> sentences = new ArrayList<>();

        try (CassetteWriter writer = new CassetteWriter(full, sentences::add)) {
            writer.ended(exchange(List.of(), List.of(chunk(1, "x"))), () -> {});
            writer.ended(exchange(List.of(), List.of(chunk(1, "x"))), () -> {});
        }

        assertThat(sentences)
                .containsExactly(
                        "Cannot write /dev/full (No space left on device): answers pass on from here, and are not"
                                + " recorded; make room, and start again");
    }

    private static void write(Path file, List<ProxiedExchange.Chunk> chunks) {
        List<String> sentences = new ArrayList<>();
        try (CassetteWriter writer = new CassetteWriter(file, sentences::add)) {
            writer.ended(exchange(List.of(Map.entry("Content-Type", "text/event-stream")), chunks), () -> {});
        }
        assertThat(sentences).isEmpty();
    }

    private static ProxiedExchange exchange(
            List<Map.Entry<String, String>> headers, List<ProxiedExchange.Chunk> chunks) {
        return new ProxiedExchange(
                Instant.parse("2026-01-01T00:00:00Z"),
                "POST",
                "/v1/messages?beta=true",
                List.of(Map.entry("X-Api-Key", "k"), Map.entry("anthropic-version", "2023-06-01")),
                "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8),
                200,
                headers,
                1_000_000,
                3_000_000,
                chunks,
                Ending.COMPLETED);
    }

    private static ProxiedExchange.Chunk chunk(long nanos, String text) {
        return new ProxiedExchange.Chunk(nanos, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String... lines) throws Exception {
        return Files.write(Files.createTempFile(folder, "calls", ".jsonl"), List.of(lines));
    }
}
