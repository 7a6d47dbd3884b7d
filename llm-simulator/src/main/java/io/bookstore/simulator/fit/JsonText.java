package io.bookstore.simulator.fit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON in a file, compressed with gzip or not: a value a line, or values over several lines. A file that was cut ends
 * where it was cut.
 */
final class JsonText {

    private static final ObjectMapper oneAfterTheOther = new ObjectMapper();
    private static final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int BUFFER = 1 << 16;
    private static final String REMEDY =
            "name a journal, as GET /admin/journal writes it, a recording, spans as OTLP JSON or the samples of a run";

    /** Takes a JSON value, and the number of its first line. */
    interface Sink {
        void take(int line, JsonNode value);
    }

    private record Line(int number, String text) {}

    private final LeftOut leftOut;
    private final Sink sink;
    private int line;

    private JsonText(LeftOut leftOut, Sink sink) {
        this.leftOut = leftOut;
        this.sink = sink;
    }

    /** @throws IllegalArgumentException if there is no such file */
    static void requireThere(Path file) {
        if (!Files.exists(file)) {
            throw gone(file);
        }
    }

    private static IllegalArgumentException gone(Path file) {
        return new IllegalArgumentException("There is no file " + file + ": " + REMEDY);
    }

    /** @throws IllegalArgumentException if the file cannot be read */
    static void read(Path file, LeftOut leftOut, Sink sink) {
        try (CutShort bytes = new CutShort(Files.newInputStream(file));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), BUFFER)) {
            new JsonText(leftOut, sink).read(bytes, lines);
        } catch (NoSuchFileException e) {
            throw gone(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not a text of JSON lines: " + REMEDY, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void read(CutShort bytes, BufferedReader lines) throws IOException {
        Line first = next(lines);
        if (first != null && goesOn(first.text)) {
            readDocuments(first, lines);
            return;
        }
        for (Line each = first; each != null; ) {
            Line next = next(lines);
            if (next == null && bytes.cut && parsed(each.text) == null) {
                line = each.number - 1;
            } else {
                take(each);
            }
            each = next;
        }
        if (bytes.cut) {
            leftOut.breaksOff(line + 1);
        }
    }

    private void take(Line each) {
        JsonNode value = parsed(each.text);
        if (value == null) {
            leftOut.add("is no JSON", each.number);
        } else {
            sink.take(each.number, value);
        }
    }

    private @Nullable Line next(BufferedReader lines) throws IOException {
        for (String text = nextText(lines); text != null; text = nextText(lines)) {
            line++;
            if (!text.isBlank()) {
                return new Line(line, text);
            }
        }
        return null;
    }

    /** Reads a line; the first one without the byte order mark that some editors write. */
    private @Nullable String nextText(BufferedReader lines) throws IOException {
        String text = lines.readLine();
        return line == 0 && text != null && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static @Nullable JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Returns whether the text is the begin of a JSON value whose end is missing. */
    private static boolean goesOn(String text) {
        try {
            json.readTree(text);
            return false;
        } catch (JsonEOFException e) {
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private void readDocuments(Line first, BufferedReader lines) throws IOException {
        StringBuilder text = new StringBuilder("\n".repeat(first.number - 1)).append(first.text);
        for (String each = lines.readLine(); each != null; each = lines.readLine()) {
            text.append('\n').append(each);
        }
        readDocuments(text.toString());
    }

    private void readDocuments(String text) throws IOException {
        int from = 0;
        int documents = 0;
        try (JsonParser parser = oneAfterTheOther.createParser(text)) {
            for (; parser.nextToken() != null; documents++) {
                from = (int) parser.currentTokenLocation().getCharOffset();
                sink.take(parser.currentTokenLocation().getLineNr(), parser.readValueAsTree());
            }
        } catch (JsonEOFException e) {
            int end = e.getLocation().getLineNr();
            if (takeSound(text, from) || documents > 0) {
                leftOut.breaksOff(end);
            } else {
                leftOut.breaksOffAtOnce(end);
            }
        } catch (JsonProcessingException e) {
            takeSound(text, from);
            leftOut.add("is no JSON", e.getLocation().getLineNr());
        }
    }

    /** Takes the whole spans, or elements, of a document that has no end; returns whether there is one. */
    private boolean takeSound(String text, int from) throws IOException {
        String sound = CutDocument.sound(text.substring(from));
        if (sound.isEmpty()) {
            return false;
        }
        int before = (int)
                text.substring(0, from).chars().filter(each -> each == '\n').count();
        sink.take(before + 1, json.readTree(sound));
        return true;
    }

    /** The bytes of a file, decompressed, up to the place where the compressed ones are cut. */
    private static final class CutShort extends FilterInputStream {

        private boolean cut;

        private CutShort(InputStream file) throws IOException {
            super(new BufferedInputStream(file, BUFFER));
            in.mark(2);
            boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            if (compressed) {
                in = new GZIPInputStream(in, BUFFER);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (EOFException | ZipException e) {
                cut = true;
                return -1;
            }
        }
    }
}
