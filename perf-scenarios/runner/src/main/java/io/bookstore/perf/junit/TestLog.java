package io.bookstore.perf.junit;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.run.RunWatcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what the script and its engine say to the log, and stops a load whose test was given up. */
final class TestLog implements RunWatcher, AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger("io.bookstore.perf.junit");

    private volatile @Nullable EngineRun run;

    @Override
    public void started(EngineRun started) {
        run = started;
    }

    @Override
    public void ended() {
        run = null;
    }

    /** An interrupted test (a timeout, a person) comes here with its load still running. */
    @Override
    public void close() {
        EngineRun running = run;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void log(String level, String message) {
        switch (level) {
            case "error" -> logger.error(message);
            case "warning", "warn" -> logger.warn(message);
            case "debug" -> logger.debug(message);
            default -> logger.info(message);
        }
    }

    @Override
    public void print(String text) {
        logger.info(text);
    }

    @Override
    public void showPhase(String text) {
        logger.info(text);
    }

    @Override
    public void quiet() {}
}
