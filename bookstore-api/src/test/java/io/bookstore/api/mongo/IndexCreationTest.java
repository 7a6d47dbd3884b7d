package io.bookstore.api.mongo;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.bookstore.api.RunningStore;
import io.bookstore.testing.ClosedPort;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class IndexCreationTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(IndexCreation.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final MongoServer server = new MongoServer(new WithoutExpiry());

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        server.shutdownNow();
    }

    @Test
    void refusedIndexIsToldWithItsReasonAndTriedAgainAfterLongerPauses() {
        try (RunningStore store =
                RunningStore.start(Map.of("mongodb.uri", server.bindAndGetConnectionString() + "/bookstore"))) {
            await().until(() -> said().size() >= 2);

            assertThat(said().subList(0, 2))
                    .containsExactly(
                            "Indexes not created yet, trying again in 1 s: CannotCreateIndex (code 67):"
                                    + " there is no expiry here",
                            "Indexes not created yet, trying again in 2 s: CannotCreateIndex (code 67):"
                                    + " there is no expiry here");
            assertThat(json(store.get("/health")).at("/details/indexes").toString())
                    .contains("\"status\":\"DEGRADED\"", "\"reason\":\"CannotCreateIndex (code 67)\"");
        }
    }

    @Test
    void serviceThatStopsDuringAnAttemptTriesNoMoreAndLogsNoError() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (ClosedPort nobody = new ClosedPort()) {
            RunningStore.start(Map.of("mongodb.uri", "mongodb://127.0.0.1:" + nobody.number() + "/bookstore"))
                    .close();
            await().until(() -> messages().stream().anyMatch(line -> line.startsWith("Indexes not created yet")));
        } finally {
            root.detachAppender(log);
        }

        assertThat(messages()).noneMatch(line -> line.contains("Error occurred executing @Async"));
    }

    private List<String> said() {
        return messages().stream().filter(message -> message.contains("expiry")).toList();
    }

    private List<String> messages() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** A server that speaks the protocol of MongoDB and lets no document expire, as there are. */
    private static final class WithoutExpiry extends MemoryBackend {

        @Override
        public Document handleMessage(MongoMessage message) {
            if (message.getDocument().toString().contains("expireAfterSeconds")) {
                throw new MongoServerError(67, "CannotCreateIndex", "there is no expiry here");
            }
            Document answer = super.handleMessage(message);
            // The driver of the service wants sessions.
            answer.putIfAbsent("logicalSessionTimeoutMinutes", 30);
            return answer;
        }

        @Override
        public Document handleCommand(
                io.netty.channel.Channel channel, String database, String command, Document query) {
            Document answer = super.handleCommand(channel, database, command, query);
            answer.putIfAbsent("logicalSessionTimeoutMinutes", 30);
            return answer;
        }
    }
}
