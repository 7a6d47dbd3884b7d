package io.bookstore.testing;

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
 * The warnings of the instrumentation during a test, kept off the console, where the stack trace of a defect made on purpose
 * looks like a failure. A test that never asks for them must not cause any.
 */
public final class Warnings implements BeforeEachCallback, AfterEachCallback {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.bookstore.llm");
    private ListAppender<ILoggingEvent> log = new ListAppender<>();
    private boolean asked;

    public Warnings() {}

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
        if (!asked && !told().isEmpty()) {
            throw new AssertionError("warnings that the test does not expect: " + told());
        }
    }

    /** The warnings so far: the message and what was thrown, as in {@code ... to read_request ...: java.lang.Error: text}. */
    public List<String> all() {
        asked = true;
        return told();
    }

    private List<String> told() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(Warnings::told)
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
