package io.bookstore.simulator.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of one or more recordings.
 *
 * @param lines   the sound ones, in their order
 * @param leftOut a sentence for each of the others, with its file and number
 */
record Cassette(List<Recorded> lines, List<String> leftOut) {

    // Pictures and documents are text in a body.
    private static final int LONGEST_TEXT = 256 << 20;

    private static final ObjectMapper json = new ObjectMapper(factory());

    Cassette {
        lines = List.copyOf(lines);
        leftOut = List.copyOf(leftOut);
    }

    /** A factory that reads the longest body there is. */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(LONGEST_TEXT)
                        .build())
                .build();
    }

    /** @throws IllegalArgumentException if a file cannot be read, or has no sound line */
    static Cassette read(List<Path> files) {
        List<Recorded> lines = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Path file : files) {
            int before = lines.size();
            read(file, lines, leftOut);
            if (lines.size() == before) {
                leftOut.stream()
                        .filter(each -> each.startsWith(file + " "))
                        .findFirst()
                        .ifPresent(first -> {
                            throw new IllegalArgumentException(file + " has no sound line: " + first);
                        });
                throw new IllegalArgumentException(file + " is empty: record answers with llm-simulator record");
            }
        }
        return new Cassette(lines, leftOut);
    }

    private static void read(Path file, List<Recorded> into, List<String> leftOut) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    String place = file + " line " + number;
                    try {
                        into.add(Recorded.read(object(line)));
                    } catch (JsonProcessingException e) {
                        leftOut.add(place + " is cut, or no JSON: left out; record its request again");
                    } catch (IllegalArgumentException e) {
                        leftOut.add(place + " " + e.getMessage() + ": left out");
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "There is no file " + file + ": name a recording, as llm-simulator record writes it", e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + " is not a text of JSON lines: name a recording", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode object(String line) throws JsonProcessingException {
        JsonNode node = json.readTree(line);
        if (!node.isObject()) {
            throw new IllegalArgumentException("is no JSON object");
        }
        return node;
    }
}
