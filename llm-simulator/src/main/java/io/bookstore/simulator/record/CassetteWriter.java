package io.bookstore.simulator.record;

import io.bookstore.simulator.proxy.ProxiedExchange;
import io.bookstore.simulator.proxy.ProxyListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Appends exchanges to a cassette, each as one whole line. A thread of its own masks and writes, so that no answer waits for a
 * disk. Thread-safe.
 */
final class CassetteWriter implements ProxyListener, AutoCloseable {

    private static final long LONGEST_DRAIN_SECONDS = 30;

    private final Path file;
    private final OutputStream out;
    private final Consumer<String> sentences;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread writer = new Thread(task, "cassette");
        writer.setDaemon(true);
        return writer;
    });
    private boolean broken;
    private final AtomicInteger written = new AtomicInteger();

    /**
     * @param sentences told of everything that is not recorded
     * @throws IllegalArgumentException if the file cannot be written
     */
    CassetteWriter(Path file, Consumer<String> sentences) {
        this.file = file;
        this.sentences = sentences;
        try {
            boolean cut = endsWithinALine(file);
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (cut) {
                // What was cut stays one line, and does not spoil the next.
                out.write('\n');
            }
        } catch (IOException e) {
            thread.shutdown();
            throw new IllegalArgumentException("Cannot write " + file + ": " + e + "; correct --out", e);
        }
    }

    private static boolean endsWithinALine(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (RandomAccessFile there = new RandomAccessFile(file.toFile(), "r")) {
            there.seek(there.length() - 1);
            return there.read() != '\n';
        }
    }

    @Override
    public void ended(ProxiedExchange exchange, Runnable free) {
        thread.execute(() -> {
            try {
                write(exchange);
            } finally {
                free.run();
            }
        });
    }

    @Override
    public void tooLarge(String sentence) {
        thread.execute(() -> sentences.accept(sentence));
    }

    @Override
    public void failed(String sentence) {
        thread.execute(() -> sentences.accept(sentence));
    }

    /** The number of lines that have been written. */
    int written() {
        return written.get();
    }

    private void write(ProxiedExchange exchange) {
        if (isCoded(exchange)) {
            // Inside a compressed answer no secret can be found.
            sentences.accept(
                    "An answer came compressed, though it was asked for as it is: passed on, and not recorded");
            return;
        }
        if (broken) {
            return;
        }
        try {
            out.write((Recorded.of(exchange).write() + "\n").getBytes(StandardCharsets.UTF_8));
            written.incrementAndGet();
        } catch (IOException e) {
            // Without a second line after half a one.
            broken = true;
            sentences.accept("Cannot write " + file + " (" + e.getMessage()
                    + "): answers pass on from here, and are not recorded; make room, and start again");
        } catch (RuntimeException e) {
            sentences.accept("An answer cannot be recorded (" + e.getClass().getSimpleName() + "): passed on only");
        }
    }

    private static boolean isCoded(ProxiedExchange exchange) {
        return exchange.headers().stream()
                .anyMatch(header -> header.getKey().toLowerCase(Locale.ROOT).equals("content-encoding")
                        && !header.getValue().equalsIgnoreCase("identity"));
    }

    /** Writes what waits, and closes the file. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_DRAIN_SECONDS, TimeUnit.SECONDS)) {
                sentences.accept(file + " could not be written within " + LONGEST_DRAIN_SECONDS
                        + " seconds: its last answers are missing");
            }
            out.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            sentences.accept("Cannot close " + file + ": " + e.getMessage());
        }
    }
}
