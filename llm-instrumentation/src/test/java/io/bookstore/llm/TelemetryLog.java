package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the telemetry logs during a test away from the console, where the stack trace of a defect made on purpose
 * looks like a failure. A test that never asks for the warnings must not cause any.
 */
public final class TelemetryLog implements BeforeEachCallback, AfterEachCallback {

    private final Logger logger = (Logger) LoggerFactory.getLogger(GenAiTelemetry.class);
    private ListAppender<ILoggingEvent> log = new ListAppender<>();
    private boolean asked;

    @Override
    public void beforeEach(ExtensionContext context) {
        log = new ListAppender<>();
        asked = false;
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.detachAppender(log);
        logger.setAdditive(true);
        if (!asked) {
            assertThat(told()).as("warnings that the test does not expect").isEmpty();
        }
    }

    /** The warnings so far: the message and what was thrown, as in {@code ... to read_request ...: java.lang.Error: text}. */
    public List<String> warnings() {
        asked = true;
        return told();
    }

    private List<String> told() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(TelemetryLog::told)
                .toList();
    }

    private static String told(ILoggingEvent event) {
        return event.getThrowableProxy() == null
                ? event.getFormattedMessage()
                : event.getFormattedMessage() + ": "
                        + event.getThrowableProxy().getClassName() + ": "
                        + event.getThrowableProxy().getMessage();
    }
}
