package io.bookstore.console.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bookstore.perf.results.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The console's own file in the folder of a run, so that a run which was accepted is known after a restart, with or without a
 * result.
 *
 * @param request   without secrets
 * @param status    as it was last written: that of a run which was going on when its console died is out of date
 * @param queuedMs  milliseconds since 1970; the same for the others
 * @param startedMs null before the run's turn
 * @param endedMs   null until then, and for a run whose end nobody saw
 * @param exitCode  of {@code llm-perf run}; null if it was never started, or has not ended
 * @param sentence  the reason why there is no result; null if there is one
 * @param owner     the process of the console
 */
record RunRecord(
        RunRequest request,
        RunStatus status,
        long queuedMs,
        @Nullable Long startedMs,
        @Nullable Long endedMs,
        @Nullable Integer exitCode,
        @Nullable String sentence,
        Owner owner) {

    static final String NAME = "console.json";

    private static final ObjectMapper json = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    /** @param startedMs tells the process from a later one of the same number; null where the system does not say */
    record Owner(long pid, @Nullable Long startedMs) {

        static Owner current() {
            return of(ProcessHandle.current());
        }

        boolean alive() {
            return ProcessHandle.of(pid).map(Owner::of).filter(this::equals).isPresent();
        }

        static Owner of(ProcessHandle process) {
            return new Owner(
                    process.pid(),
                    process.info()
                            .startInstant()
                            .map(start -> start.toEpochMilli())
                            .orElse(null));
        }
    }

    static RunRecord queued(RunRequest request, long nowMs) {
        return new RunRecord(request.masked(), RunStatus.QUEUED, nowMs, null, null, null, null, Owner.current());
    }

    /** Reads it; empty if the folder has none, or one that is broken. */
    static Optional<RunRecord> in(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            return Files.exists(file) ? Optional.of(json.readValue(file.toFile(), RunRecord.class)) : Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(folder.resolve(NAME), file -> json.writeValue(file.toFile(), this));
    }

    RunRecord now(RunStatus next) {
        return new RunRecord(request, next, queuedMs, startedMs, endedMs, exitCode, sentence, owner);
    }

    RunRecord started(long nowMs) {
        return new RunRecord(request, RunStatus.PREPARING, queuedMs, nowMs, endedMs, exitCode, sentence, owner);
    }

    RunRecord ended(RunStatus last, @Nullable Long nowMs, @Nullable Integer code, @Nullable String reason) {
        return new RunRecord(request, last, queuedMs, startedMs, nowMs, code, reason, owner);
    }

    /** The same as another console finds it: a run whose console is gone was interrupted. */
    RunRecord found() {
        return status.ended() || owner.alive()
                ? this
                : ended(
                        RunStatus.INTERRUPTED,
                        null,
                        null,
                        startedMs == null
                                ? "The console ended before the run began."
                                : "The console ended while the run was going on.");
    }
}
