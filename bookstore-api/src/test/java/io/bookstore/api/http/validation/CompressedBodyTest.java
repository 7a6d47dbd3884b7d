package io.bookstore.api.http.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.RawConnection;
import io.bookstore.api.RawConnection.Answer;
import io.bookstore.api.RunningStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Bodies with a {@code Content-Encoding}: which of them are read, and what the others get. */
class CompressedBodyTest {

    private static final byte[] BOOK = "{\"title\":\"t\",\"author\":\"a\",\"isbn\":\"9780140186475\",\"price\":1}"
            .getBytes(StandardCharsets.UTF_8);

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZip"})
    void gzipIsRead(String coding) throws IOException {
        assertThat(post(coding, gzip()).status()).isEqualTo(201);
    }

    @Test
    void deflateIsRead() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(BOOK);
        }

        assertThat(post("deflate", packed.toByteArray()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate"})
    void bodyThatIsNotInItsCodingAnswers400AndLogsNoFailure(String coding) throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        List<Logger> loggers =
                List.of((Logger) LoggerFactory.getLogger("io.micronaut.http.server.RouteExecutor"), (Logger)
                        LoggerFactory.getLogger("io.bookstore.api.http.problem.ProblemResponses"));
        loggers.forEach(logger -> logger.addAppender(log));
        try {
            assertProblem(post(coding, BOOK), 400, "malformed-body", "The body is not in its Content-Encoding");
        } finally {
            loggers.forEach(logger -> logger.detachAppender(log));
        }
        assertThat(log.list)
                .extracting(event -> event.getThrowableProxy() == null
                        ? ""
                        : event.getThrowableProxy().getClassName())
                .noneMatch(name -> name.contains("Decompression"));
    }

    @Test
    void bodyWithAWrongChecksumAnswers400() throws IOException {
        byte[] packed = gzip();
        packed[packed.length - 8]++;

        assertProblem(post("gzip", packed), 400, "malformed-body", "The body is not in its Content-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "snappy", "gzip, gzip", "nonsense"})
    void otherCodingAnswers415(String coding) throws IOException {
        assertProblem(
                post(coding, BOOK),
                415,
                "unsupported-media-type",
                "Content-Encoding must be gzip, deflate or absent; another coding is not known here");
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(BOOK);
        }
        return packed.toByteArray();
    }

    private static Answer post(String coding, byte[] body) throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            connection.send("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Encoding: " + coding + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            return connection.send(body).answer();
        }
    }

    private static void assertProblem(Answer answer, int status, String slug, String detail) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("type").asText()).isEqualTo("urn:bookstore:problem:" + slug);
        assertThat(problem.get("detail").asText()).isEqualTo(detail);
    }
}
