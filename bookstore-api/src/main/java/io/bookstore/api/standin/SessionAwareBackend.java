package io.bookstore.api.standin;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Announces sessions in the handshake of a backend that has none, and lets nobody else in while an index is made: a write
 * would walk over the list of indexes that is being changed.
 *
 * <p>micronaut-data-mongodb opens a client session for every operation and the driver refuses to do so unless the
 * server's {@code hello} carries {@code logicalSessionTimeoutMinutes}. mongo-java-server ignores session ids, which is
 * sound as long as nobody starts a transaction.
 *
 * <p>A command that may have written is answered once the file has what it wrote. The store commits everything that is
 * there, under a lock, so that those who write at the same time share a commit.
 */
final class SessionAwareBackend extends H2Backend {

    private static final int SESSION_TIMEOUT_MINUTES = 30;

    /** Commands that change nothing; any other may have written. */
    private static final Set<String> READS = Set.of(
            "aggregate",
            "buildinfo",
            "count",
            "distinct",
            "endsessions",
            "find",
            "getmore",
            "hello",
            "ismaster",
            "killcursors",
            "listcollections",
            "listindexes",
            "ping");

    private final ReadWriteLock indexes = new ReentrantReadWriteLock();
    private final StoreFile file;

    SessionAwareBackend(StoreFile file) {
        super(file.store());
        this.file = file;
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        return committed(command, announceSessions(command, super.handleCommand(channel, database, command, query)));
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        String command = message.getDocument().keySet().iterator().next();
        Lock lock = command.equalsIgnoreCase("createIndexes") ? indexes.writeLock() : indexes.readLock();
        Document answer;
        lock.lock();
        try {
            answer = super.handleMessage(message);
        } finally {
            lock.unlock();
        }
        return committed(command, announceSessions(command, answer));
    }

    private Document committed(String command, Document answer) {
        if (!READS.contains(command.toLowerCase(Locale.ROOT))) {
            file.commit();
        }
        return answer;
    }

    private static Document announceSessions(String command, Document answer) {
        if (command.equalsIgnoreCase("hello") || command.equalsIgnoreCase("isMaster")) {
            answer.put("logicalSessionTimeoutMinutes", SESSION_TIMEOUT_MINUTES);
        }
        return answer;
    }
}
