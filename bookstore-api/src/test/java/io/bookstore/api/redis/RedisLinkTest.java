package io.bookstore.api.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RedisLinkTest {

    @Test
    void causesInACircleEnd() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(RedisLink.class);
        logger.addAppender(log);
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        // Nothing listens there.
        try (RedisLink link = RedisLink.to("redis://127.0.0.1:1", Duration.ofSeconds(1))) {
            link.reportFailure(first);

            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(message -> message.startsWith("Redis at 127.0.0.1:1 does not help at the moment ("))
                    .hasSize(1);
        } finally {
            logger.detachAppender(log);
        }
    }
}
