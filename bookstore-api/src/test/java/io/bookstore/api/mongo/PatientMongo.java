package io.bookstore.api.mongo;

import com.mongodb.MongoClientSettings;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Gives MongoDB minutes to answer, where the setting {@code test.patient-mongo} asks for it. The time limits of the
 * service are for a server that is gone; the first connection to the embedded one may exceed them on a busy machine.
 */
@Singleton
@Requires(property = "test.patient-mongo")
final class PatientMongo implements BeanCreatedEventListener<MongoClientSettings> {

    private static final int MINUTES = 2;

    @Override
    public MongoClientSettings onCreated(BeanCreatedEvent<MongoClientSettings> event) {
        return MongoClientSettings.builder(event.getBean())
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(MINUTES, TimeUnit.MINUTES))
                .applyToSocketSettings(socket ->
                        socket.connectTimeout(MINUTES, TimeUnit.MINUTES).readTimeout(MINUTES, TimeUnit.MINUTES))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(MINUTES, TimeUnit.MINUTES))
                .build();
    }
}
