package io.bookstore.llm.spring;

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

/** The warnings of the library and this module during a test, kept off the console. A test that never asks must cause none. */
final class Warnings implements BeforeEachCallback, AfterEachCallback {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.bookstore.llm");
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

    List<String> all() {
        asked = true;
        return told();
    }

    private List<String> told() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
