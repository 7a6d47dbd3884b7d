package io.bookstore.perf.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of exports: JSON or protobuf, one export or several, of any signal. Several are JSON values one after the other, or messages
 * each behind its length in four bytes, as the collector's file exporter writes them.
 */
public final class ExportFile {

    private final Path file;
    private final List<Signal<?>> signals;

    private ExportFile(Path file, OtlpSink sink) {
        this.file = file;
        this.signals = Signal.all(sink);
    }

    /**
     * Hands over each export in the order of the file, of which one export at a time is in memory.
     *
     * @throws PerfException if the file cannot be read or has something else, naming the line or the message
     */
    public static void read(Path file, OtlpSink sink) {
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            new ExportFile(file, sink).read(in);
        } catch (NoSuchFileException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT, "There is no file " + file + ": name one that holds an export of OTLP.");
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot read " + file + " (" + e.getMessage() + "): name a file that holds an export of OTLP.");
        }
    }

    private void read(BufferedInputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        if (first < 0) {
            throw wrong(file + " is empty");
        }
        // No message begins with a zero, and no length of a message without one: it would have 16 MB.
        if (first == 0) {
            readMessages(new DataInputStream(in));
        } else if (first == '{') {
            readJson(in);
        } else {
            readOne(in.readAllBytes(), Character.isWhitespace(first));
        }
    }

    /** A body in protobuf begins with the byte of a new line, as does JSON below an empty one. */
    private void readOne(byte[] body, boolean perhapsJson) throws IOException {
        if (perhapsJson && signals.stream().noneMatch(signal -> signal.holds(body))) {
            readJson(new ByteArrayInputStream(body));
        } else {
            take(body, file.toString());
        }
    }

    private void readJson(InputStream in) throws IOException {
        String place = file.toString();
        try (JsonParser parser = JsonExport.parser(in)) {
            while (parser.nextToken() != null) {
                place = file + ":" + parser.currentTokenLocation().getLineNr();
                take(JsonExport.tree(parser), place);
            }
        } catch (JsonProcessingException e) {
            throw wrong(file + ":" + e.getLocation().getLineNr() + " is no JSON (" + e.getOriginalMessage() + ")");
        } catch (TooLargeException e) {
            throw wrong(place + " has an export with more than " + e.getMessage());
        }
    }

    private void take(JsonNode export, String place) {
        List<Signal<?>> there =
                signals.stream().filter(signal -> export.has(signal.member())).toList();
        if (there.isEmpty()) {
            throw wrong(place + " is JSON, but has none of "
                    + signals.stream().map(Signal::member).collect(Collectors.joining(", ")));
        }
        for (Signal<?> signal : there) {
            try {
                signal.take(export);
            } catch (IOException | IllegalArgumentException e) {
                throw wrong(place + " is no export of " + signal.what() + " (" + e.getMessage() + ")");
            }
        }
    }

    private void readMessages(DataInputStream in) throws IOException {
        for (int number = 1; ; number++) {
            byte[] message;
            try {
                in.mark(1);
                if (in.read() < 0) {
                    return;
                }
                in.reset();
                message = new byte[in.readInt()];
                in.readFully(message);
            } catch (EOFException e) {
                throw wrong(file + " ends within its message " + number);
            }
            take(message, "message " + number + " of " + file);
        }
    }

    private void take(byte[] message, String place) throws IOException {
        Signal<?> signal = signals.stream()
                .filter(one -> one.holds(message))
                .findFirst()
                .orElseThrow(() -> wrong(place + " is neither JSON nor protobuf of OTLP with anything in it"));
        try {
            signal.take(message, false);
        } catch (TooLargeException e) {
            throw wrong(place + " has an export with more than " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw wrong(place + " is no export of " + signal.what() + " (" + e.getMessage() + ")");
        }
    }

    private static PerfException wrong(String fact) {
        return new PerfException(
                ExitCode.NO_INPUT,
                fact + ": name a file of the collector's file exporter, or one with the body of an export.");
    }
}
