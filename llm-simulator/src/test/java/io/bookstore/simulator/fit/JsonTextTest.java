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
        ObjectMapper json = new ObjectMapper();
        String pretty = json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(LINES.get(0)));

        CallFile one = read(bytes(pretty));
        CallFile two = read(bytes(pretty + "\n" + pretty));
        CallFile array = read(bytes("[\n" + LINES.get(0) + ",\n" + LINES.get(1) + "]"));
        CallFile cut = read(bytes(pretty + "\n" + pretty.substring(0, pretty.length() / 2)));

        assertThat(one.calls()).hasSize(3);
        assertThat(two.calls()).hasSize(6);
        assertThat(array.calls()).as("%s", array.leftOut()).hasSize(6);
        assertThat(cut.calls()).hasSize(3);
        assertThat(cut.leftOut()).singleElement().asString().matches("The file breaks off in line \\d+: what stands.*");
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
