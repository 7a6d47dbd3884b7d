package io.bookstore.k6;

import io.bookstore.k6.options.Options.LifecycleOptions;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.script.GuestFailure;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.k6.vu.Once;
import io.bookstore.k6.vu.TestRun;
import io.bookstore.k6.vu.VirtualUser;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Runs setup, teardown and handleSummary: each in a fresh instance of the script, each with its time limit. */
final class OnceRunner {
    private final TestRun run;
    private final Set<String> functions;

    /** @param functions names of the functions that the script exports */
    OnceRunner(TestRun run, Set<String> functions) {
        this.run = run;
        this.functions = functions;
    }

    /** @return the value that {@code setup()} returned, as JSON; null for nothing */
    @Nullable
    String setup() throws InterruptedException {
        LifecycleOptions options = run.options().lifecycle();
        if (options.noSetup()) {
            return null;
        }
        Call<String> call = new Call<>(Once.SETUP, null, vu -> result -> text(vu, result));
        return call.run(options.setupTimeout(), K6ExitCode.SETUP_TIMEOUT, true).orElse(null);
    }

    private static @Nullable String text(VirtualUser vu, Value result) {
        try {
            Value text = vu.script().internal("setupText", result);
            return text.isNull() ? null : text.asString();
        } catch (GuestFailure e) {
            throw new ScriptFault(
                    K6ExitCode.OTHER,
                    "What setup() returned cannot be handed over as JSON: " + e.message() + "; return plain data.");
        }
    }

    void teardown(@Nullable String setupText) throws InterruptedException {
        LifecycleOptions options = run.options().lifecycle();
        if (!options.noTeardown()) {
            Call<String> call = new Call<>(Once.TEARDOWN, setupText, vu -> result -> null);
            call.run(options.teardownTimeout(), K6ExitCode.TEARDOWN_TIMEOUT, false);
        }
    }

    /**
     * @param read converts the returned value while the script is still open
     * @return empty when the script has no {@code handleSummary}
     * @throws ScriptFault when it throws or takes too long
     */
    <T> Optional<T> handleSummary(String argumentText, Function<VirtualUser, Function<Value, @Nullable T>> read)
            throws InterruptedException {
        Call<T> call = new Call<>(Once.SUMMARY, argumentText, read);
        return call.run(run.options().lifecycle().handleSummaryTimeout(), K6ExitCode.OTHER, false);
    }

    private final class Call<T> {
        private final Once once;
        private final @Nullable String argumentText;
        private final Function<VirtualUser, Function<Value, @Nullable T>> read;

        Call(Once once, @Nullable String argumentText, Function<VirtualUser, Function<Value, @Nullable T>> read) {
            this.once = once;
            this.argumentText = argumentText;
            this.read = read;
        }

        Optional<T> run(Duration limit, K6ExitCode timeoutCode, boolean endsWithRun) throws InterruptedException {
            if (!functions.contains(once.function())) {
                return Optional.empty();
            }
            try (VirtualUser vu = new VirtualUser(0, run)) {
                if (endsWithRun) {
                    run.control().onStop(vu::cut);
                }
                Future<Optional<T>> result = run.background().submit(() -> call(vu));
                try {
                    return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    vu.cut();
                    awaitEnd(result);
                    throw new ScriptFault(
                            timeoutCode,
                            "%s() took longer than %d ms; raise %sTimeout or do less there."
                                    .formatted(once.function(), limit.toMillis(), once.function()));
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException problem
                            ? problem
                            : new IllegalStateException(e.getCause());
                }
            }
        }

        private Optional<T> call(VirtualUser vu) throws InterruptedException {
            try {
                Value result = vu.callOnce(once, argumentText);
                return Optional.ofNullable(read.apply(vu).apply(result));
            } catch (GuestFailure e) {
                if (e.interrupted()) {
                    return Optional.empty();
                }
                run.listener().log("error", e.withStack());
                throw ScriptFault.exception("%s() threw %s%s."
                        .formatted(
                                once.function(),
                                e.message(),
                                e.place().map(place -> " at " + place).orElse("")));
            }
        }

        private void awaitEnd(Future<Optional<T>> result) throws InterruptedException {
            try {
                result.get();
            } catch (ExecutionException e) {
                // It was cut off; how it took that is of no interest.
            }
        }
    }
}
