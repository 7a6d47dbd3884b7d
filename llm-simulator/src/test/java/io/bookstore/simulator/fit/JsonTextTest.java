package io.bookstore.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.latency.Profiles;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sound part of a file of measured calls is read, whatever its form. */
class JsonTextTest {

    private static final List<String> LINES =
            SpanText.exports(PlantedCalls.of(Profiles.named("sonnet-class"), 300, 0, 1).stream()
                    .map(SpanText::streamed)
                    .toList());

    @TempDir
    private Path folder;

    @Test
    void compressedFileIsReadByItsFirstBytes() throws Exception {
        CallFile read = read(compressed(String.join("\n", LINES)));

        assertThat(read.calls()).hasSize(300);
        assertThat(read.leftOut()).isEmpty();
    }

    @Test
    void cutCompressedFileIsReadUpToTheCut() throws Exception {
        byte[] whole = compressed(String.join("\n", LINES));

        CallFile read = read(Arrays.copyOf(whole, whole.length / 2));

        assertThat(read.calls()).hasSizeBetween(30, 270);
        int lines = read.calls().size() / 3;
        assertThat(read.leftOut())
                .containsExactly("The file breaks off in line " + (lines + 1) + ": what stands before it is read");
    }

    @Test
    void documentOverSeveralLinesIsRead() throws Exception {
        String pretty = pretty(LINES.get(0));
        String next = pretty(LINES.get(1));

        CallFile one = read(bytes(pretty));
        CallFile two = read(bytes(pretty + "\n" + next));
        CallFile array = read(bytes("[\n" + LINES.get(0) + ",\n" + LINES.get(1) + "]"));
        CallFile cut = read(bytes(pretty + "\n" + next.substring(0, next.length() / 2)));

        assertThat(one.calls()).hasSize(3);
        assertThat(two.calls()).hasSize(6);
        assertThat(array.calls()).as("%s", array.leftOut()).hasSize(6);
        assertThat(cut.calls()).hasSize(4);
        assertThat(cut.leftOut()).singleElement().asString().matches("The file breaks off in line \\d+: what stands.*");
    }

    @Test
    void byteOrderMarkIsSkipped() throws Exception {
        CallFile lines = read(bytes("\uFEFF" + String.join("\n", LINES)));
        CallFile document = read(bytes("\uFEFF" + pretty(LINES.get(0))));
        CallFile compressed = read(compressed("\uFEFF" + LINES.get(0)));

        assertThat(lines.leftOut()).isEmpty();
        assertThat(lines.calls()).hasSize(300);
        assertThat(document.leftOut()).isEmpty();
        assertThat(document.calls()).hasSize(3);
        assertThat(compressed.calls()).hasSize(3);
    }

    @Test
    void wholeSpansOfADocumentThatWasCutAreRead() throws Exception {
        String pretty = pretty(LINES.get(0));
        int last = pretty.lastIndexOf("traceId");

        CallFile inTheLastSpan = read(bytes(pretty.substring(0, pretty.lastIndexOf("gen_ai"))));
        CallFile array = read(bytes("[\n" + pretty(LINES.get(1)) + ",\n" + pretty.substring(0, last)));
        CallFile spoilt = read(bytes(pretty.substring(0, last) + "\u0000" + pretty.substring(last)));
        CallFile inTheFirstSpan = read(bytes(pretty.substring(0, pretty.indexOf("gen_ai"))));

        assertThat(inTheLastSpan.calls()).hasSize(2);
        assertThat(inTheLastSpan.leftOut()).singleElement().asString().endsWith(": what stands before it is read");
        assertThat(array.calls()).hasSize(5);
        assertThat(spoilt.calls()).hasSize(2);
        assertThat(spoilt.leftOut()).singleElement().asString().endsWith(" is no JSON: left out");
        assertThat(inTheFirstSpan.calls()).isEmpty();
        assertThat(inTheFirstSpan.leftOut())
                .singleElement()
                .asString()
                .endsWith(", before the end of its first call: export it again");
    }

    @Test
    void foreignLinesAreLeftOutAndNamed() throws Exception {
        CallFile read = read(bytes("\n" + LINES.get(0) + "\n{\"half\":\n7\n{\"level\":\"INFO\"}\n" + LINES.get(1)));

        assertThat(read.calls()).hasSize(6);
        assertThat(read.leftOut())
                .containsExactly(
                        "Line 3 is no JSON: left out",
                        "Line 4 is no JSON object: left out",
                        "Line 5 is no call of a journal or recording, no export of spans and no sample: left out");
    }

    private static String pretty(String line) throws Exception {
        ObjectMapper json = new ObjectMapper();
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(line));
    }

    private CallFile read(byte[] bytes) throws Exception {
        return CallFile.read(Files.write(folder.resolve("calls"), bytes));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] compressed(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(bytes(text));
        }
        return bytes.toByteArray();
    }
}
