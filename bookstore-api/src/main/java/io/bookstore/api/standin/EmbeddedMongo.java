package io.bookstore.api.standin;

import de.bwaldvogel.mongo.MongoServer;
import io.bookstore.api.startup.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVStoreException;

/**
 * A MongoDB server inside this JVM, on a free loopback port.
 *
 * <p>It keeps its documents in one file of the given directory, or in memory only. A write is answered once the file has
 * it, so that a restart, or a kill of the process, loses nothing that was answered. The disk is not forced: when the machine
 * itself goes down, the last seconds may be lost.
 */
public final class EmbeddedMongo implements AutoCloseable {

    /** The directory name that means "keep nothing on disk". */
    public static final String MEMORY = "memory";

    /**
     * The deadline for a client in the same process. No network can lose an answer here: a late one means that the process
     * gets no processor, and a request that then waits is better than one that is refused.
     */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MongoServer server;
    private final String uri;
    private final String storage;

    private EmbeddedMongo(MongoServer server, String storage) {
        this.server = server;
        this.storage = storage;
        this.uri = server.bindAndGetConnectionString();
    }

    /**
     * Starts the server.
     *
     * @param directory where the file goes, created if absent, or {@value #MEMORY}
     * @throws StartupException if the directory cannot be written or another process has the file open
     */
    public static EmbeddedMongo start(String directory) {
        boolean inMemory = directory.equals(MEMORY);
        String storage = inMemory ? MEMORY : file(Path.of(directory)).toString();
        StoreFile file = inMemory ? StoreFile.open(null) : open(storage);
        return new EmbeddedMongo(new MongoServer(new SessionAwareBackend(file)), storage);
    }

    /** The connection string without a database, such as {@code mongodb://127.0.0.1:41234}. */
    public String uri() {
        return uri;
    }

    /** The same with {@link #PATIENCE} as every deadline of the client. */
    public String patientUri() {
        return Stream.of("serverSelectionTimeoutMS", "connectTimeoutMS", "socketTimeoutMS", "waitQueueTimeoutMS")
                .map(option -> option + "=" + PATIENCE.toMillis())
                .collect(Collectors.joining("&", uri + "/?", ""));
    }

    /** The path of the file, or {@value #MEMORY}. */
    public String storage() {
        return storage;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static Path file(Path directory) {
        try {
            return Files.createDirectories(directory).resolve("bookstore.mv.db");
        } catch (IOException e) {
            throw new StartupException(
                    "Cannot create the data directory " + directory.toAbsolutePath()
                            + "; set BOOKSTORE_DATA_DIR to a writable directory, or to 'memory'",
                    e);
        }
    }

    private static StoreFile open(String file) {
        try {
            return StoreFile.open(file);
        } catch (MVStoreException e) {
            throw new StartupException(
                    "Cannot open the embedded database " + Path.of(file).toAbsolutePath()
                            + "; another BookStore may be using it: stop that one, or set BOOKSTORE_DATA_DIR"
                            + " to another directory, or to 'memory'",
                    e);
        }
    }
}
