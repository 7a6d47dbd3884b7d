package io.bookstore.console.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bookstore.console.runs.RunRecord.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of a folder of reports, held while a run goes on, so that the runs of two consoles do not measure each other. The run of a
 * console that was killed holds it until its own process is gone. Not thread-safe: the queue guards it.
 */
final class RunLock {

    static final String NAME = "console.lock";

    /** The lock is on a byte far behind the text, for Windows lets nobody read bytes that are locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * The runs that have the lock of a file in this JVM. POSIX drops the locks of a process on a file when it closes any channel of
     * that file, so a second console must not even open it.
     */
    private static final ConcurrentMap<Path, Holder> ofThisJvm = new ConcurrentHashMap<>();

    private static final Logger logger = LoggerFactory.getLogger(RunLock.class);
    private static final ObjectMapper json = JsonMapper.builder().build();

    private final Path file;
    private @Nullable Held held;

    RunLock(Path reports) {
        file = reports.resolve(NAME);
    }

    /** Takes the lock for a run; the answer is empty, or the reason why it must wait. */
    Optional<String> take(String run) {
        Holder mine = new Holder(run, Owner.current(), null);
        Path place = place();
        Holder other = ofThisJvm.putIfAbsent(place, mine);
        if (other != null) {
            return Optional.of(other.sentence());
        }
        try {
            return takeFromOthers(place, mine);
        } finally {
            if (held == null) {
                ofThisJvm.remove(place);
            }
        }
    }

    private Optional<String> takeFromOthers(Path place, Holder mine) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean free = locked(channel);
            Optional<Holder> holder = holder(channel);
            if (free && holder.filter(Holder::alive).isEmpty()) {
                write(channel, mine);
                held = new Held(place, channel);
                return Optional.empty();
            }
            return Optional.of(holder.map(Holder::sentence).orElse("waiting for a run of another console"));
        } catch (IOException noLocks) {
            // The run is worth more than the lock: not every file system has one.
            logger.warn(
                    "{} cannot be locked: the run of another console may go on beside this one ({})",
                    file,
                    noLocks.toString());
            held = new Held(place, null);
            return Optional.empty();
        } finally {
            if (held == null || held.channel() == null) {
                close(channel);
            }
        }
    }

    /** Notes the process of the run, which outlives a console that is killed. */
    void started(String run, ProcessHandle process) {
        FileChannel channel = held == null ? null : held.channel();
        if (channel != null) {
            try {
                write(channel, new Holder(run, Owner.current(), Owner.of(process)));
            } catch (IOException e) {
                logger.warn("{} cannot be written", file, e);
            }
        }
    }

    void release() {
        if (held != null) {
            empty(held.channel());
            close(held.channel());
            ofThisJvm.remove(held.place());
            held = null;
        }
    }

    private void empty(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.truncate(0);
            }
        } catch (IOException e) {
            logger.warn("{} cannot be written", file, e);
        }
    }

    /** The folder may be reached by several paths, and need not be there yet. */
    private Path place() {
        Path folder = file.toAbsolutePath().resolveSibling("");
        try {
            return Files.createDirectories(folder).toRealPath().resolve(NAME);
        } catch (IOException unreachable) {
            return folder.resolve(NAME);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException otherClassLoader) {
            return false;
        }
    }

    /** The run that the file names; empty if it names none, or is being written. */
    private static Optional<Holder> holder(FileChannel channel) {
        try {
            InputStream text = Channels.newInputStream(channel.position(0));
            return Optional.ofNullable(json.readValue(text.readAllBytes(), Holder.class));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static void write(FileChannel channel, Holder holder) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(json.writeValueAsBytes(holder)), 0);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException alreadyGone) {
            // The lock is free.
        }
    }

    /**
     * The run that has the lock.
     *
     * @param console the process of its console
     * @param process the process of the run; null until it is started
     */
    record Holder(String run, Owner console, @Nullable Owner process) {

        Holder {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(console, "console");
        }

        private boolean alive() {
            return process != null && process.alive();
        }

        /** The thing that another run waits for. */
        String sentence() {
            return "waiting for the end of " + run + ", which another console has started (process " + console.pid()
                    + ")";
        }
    }

    /**
     * The lock of a run that goes on.
     *
     * @param place   the file, by the one path that it has for every console of this JVM
     * @param channel null if the file cannot be locked, which leaves the lock within this JVM
     */
    private record Held(Path place, @Nullable FileChannel channel) {}
}
