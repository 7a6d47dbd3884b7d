package io.bookstore.api.standin;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;

/**
 * Announces sessions in the handshake of a backend that has none, and lets nobody else in while an index is made: a write
 * would walk over the list of indexes that is being changed.
 *
 * <p>micronaut-data-mongodb opens a client session for every operation and the driver refuses to do so unless the
 * server's {@code hello} carries {@code logicalSessionTimeoutMinutes}. mongo-java-server ignores session ids, which is
 * sound as long as nobody starts a transaction.
 */
final class SessionAwareBackend extends H2Backend {

    private static final int SESSION_TIMEOUT_MINUTES = 30;

    private final ReadWriteLock indexes = new ReentrantReadWriteLock();

    SessionAwareBackend(MVStore store) {
        super(store);
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        return announceSessions(command, super.handleCommand(channel, database, command, query));
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        String command = message.getDocument().keySet().iterator().next();
        Lock lock = command.equalsIgnoreCase("createIndexes") ? indexes.writeLock() : indexes.readLock();
        lock.lock();
        try {
            return announceSessions(command, super.handleMessage(message));
        } finally {
            lock.unlock();
        }
    }

    private static Document announceSessions(String command, Document answer) {
        if (command.equalsIgnoreCase("hello") || command.equalsIgnoreCase("isMaster")) {
            answer.put("logicalSessionTimeoutMinutes", SESSION_TIMEOUT_MINUTES);
        }
        return answer;
    }
}
