package io.bookstore.perf.results;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** {@code junit.xml}: a test case by threshold, and one for the run itself, so that any CI server can show them. */
public final class JUnitFile {

    public static final String NAME = "junit.xml";

    private JUnitFile() {}

    public static void write(RunResult result, Path file) throws IOException {
        WholeFile.write(file, beside -> writeTo(beside, result));
    }

    private static void writeTo(Path file, RunResult result) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
            write(result, xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("cannot write " + file, e);
        }
    }

    private static void write(RunResult result, XMLStreamWriter xml) throws XMLStreamException {
        // Crossed thresholds are failures of their own cases; only what is not about a threshold fails the run's case.
        boolean runFailed = result.verdict().problem() != null
                || (!result.verdict().passed() && result.crossed().isEmpty());
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "perf." + result.run().scenario());
        xml.writeAttribute("tests", String.valueOf(result.thresholds().size() + 1));
        xml.writeAttribute("failures", String.valueOf(result.crossed().size()));
        xml.writeAttribute("errors", runFailed ? "1" : "0");
        xml.writeAttribute(
                "skipped",
                String.valueOf(result.thresholds().stream()
                        .filter(ThresholdResult::unmeasured)
                        .count()));
        xml.writeAttribute("timestamp", result.run().startedAt().toString());
        xml.writeAttribute("time", seconds(result));
        startCase(xml, result, "run to the end");
        xml.writeAttribute("time", seconds(result));
        if (runFailed) {
            xml.writeStartElement("error");
            String problem = result.verdict().problem();
            xml.writeAttribute("message", problem == null ? result.verdict().reason() : problem);
            xml.writeAttribute("type", "exit code " + result.verdict().exitCode());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        for (ThresholdResult threshold : result.thresholds()) {
            writeThreshold(xml, result, threshold);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void writeThreshold(XMLStreamWriter xml, RunResult result, ThresholdResult threshold)
            throws XMLStreamException {
        startCase(xml, result, threshold.metric() + " " + threshold.expression());
        if (!threshold.passed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", threshold.sentence());
            xml.writeAttribute("type", "threshold");
            xml.writeEndElement();
        }
        if (threshold.unmeasured()) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", "nothing was measured");
        }
        xml.writeEndElement();
    }

    private static void startCase(XMLStreamWriter xml, RunResult result, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "perf." + result.run().scenario());
        xml.writeAttribute("name", name);
    }

    private static String seconds(RunResult result) {
        return String.format(Locale.ROOT, "%.3f", result.run().duration().toMillis() / 1000.0);
    }
}
