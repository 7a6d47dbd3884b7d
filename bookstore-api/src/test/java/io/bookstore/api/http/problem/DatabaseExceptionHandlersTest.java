package io.bookstore.api.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpRequest;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.junit.jupiter.api.Test;

class DatabaseExceptionHandlersTest {

    private final DatabaseExceptionHandlers handlers = new DatabaseExceptionHandlers(new ProblemResponses());

    @Test
    void databaseThatIsGoneIsAnOutage() {
        MongoSocketReadException lost = new MongoSocketReadException("lost", new ServerAddress());

        assertThat(handlers.driverFailed().handle(HttpRequest.GET("/"), lost).code())
                .isEqualTo(503);
        assertThat(handlers.repositoryFailed()
                        .handle(HttpRequest.GET("/"), new DataAccessException("lost", lost))
                        .code())
                .isEqualTo(503);
    }

    @Test
    void whatCannotBeStoredIsNoOutage() {
        DataAccessException unstorable =
                new DataAccessException("no codec", new CodecConfigurationException("no codec for that"));

        assertThat(handlers.repositoryFailed()
                        .handle(HttpRequest.GET("/"), unstorable)
                        .code())
                .isEqualTo(500);
    }
}
