package io.bookstore.perf.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bookstore.perf.results.WholeFile;
import io.bookstore.perf.verify.Item.State;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A checklist as programs read it: {@code checklist.json}, and {@code checklist.xml} in the format of JUnit.
 *
 * @param score   one sentence with the number of items in each state, and the names of those that are unknown
 * @param passed  number of items
 * @param failed  number of items
 * @param unknown number of items
 */
public record ChecklistFile(int schemaVersion, String score, long passed, long failed, long unknown, List<Item> items) {

    private static final int SCHEMA_VERSION = 1;

    private static final ObjectMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public static ChecklistFile of(List<Item> items) {
        long passed = count(items, State.PASS);
        long failed = count(items, State.FAIL);
        long unknown = count(items, State.UNKNOWN);
        String score = "%d pass, %d fail, %d unknown%s.".formatted(passed, failed, unknown, unseen(items));
        return new ChecklistFile(SCHEMA_VERSION, score, passed, failed, unknown, items);
    }

    private static String unseen(List<Item> items) {
        String names = items.stream()
                .filter(item -> item.state() == State.UNKNOWN)
                .map(Item::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : ": nothing that was seen tells of " + names;
    }

    /** Writes both files. */
    public static void write(List<Item> items, Path folder) throws IOException {
        WholeFile.write(folder.resolve("checklist.json"), file -> json.writeValue(file.toFile(), of(items)));
        WholeFile.write(folder.resolve("checklist.xml"), file -> writeXml(items, file));
    }

    private static void writeXml(List<Item> items, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "llm-perf.verify");
            xml.writeAttribute("tests", String.valueOf(items.size()));
            xml.writeAttribute("failures", String.valueOf(count(items, State.FAIL)));
            xml.writeAttribute("skipped", String.valueOf(count(items, State.UNKNOWN)));
            xml.writeStartElement("properties");
            xml.writeEmptyElement("property");
            xml.writeAttribute("name", "score");
            xml.writeAttribute("value", of(items).score());
            xml.writeEndElement();
            for (Item item : items) {
                writeItem(xml, item);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("cannot write " + file, e);
        }
    }

    private static void writeItem(XMLStreamWriter xml, Item item) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "llm-perf.verify");
        xml.writeAttribute("name", item.name());
        if (item.state() != State.PASS) {
            xml.writeStartElement(item.state() == State.FAIL ? "failure" : "skipped");
            xml.writeAttribute("message", (item.evidence() + " " + item.remedy()).strip());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static long count(List<Item> items, State state) {
        return items.stream().filter(item -> item.state() == state).count();
    }
}
