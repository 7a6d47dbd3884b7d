package io.bookstore.k6.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** The functions of the JVM that our modules may call, by name. */
public final class HostFunctions {
    private static final Source MAKE_ERROR = Source.create(
            "js", "(message) => { const error = new Error(message); error.name = 'GoError'; return error; }");
    private static final long UNWIND_LIMIT_NANOS = 2_000_000_000L;

    private final Map<String, Object> functions = new LinkedHashMap<>();
    private final Gate gate;

    /** Asked before each call. */
    public interface Gate {
        /** True if the iteration has been cut off, so that nothing it does may be seen any more. */
        boolean closed();

        /**
         * Stops the run because of a call that is not supported.
         *
         * @return true if something ran that has been cut off; false in init code, which has to fail by itself
         */
        boolean refuse(String sentence);
    }

    /** A function of ours; an {@link IllegalArgumentException} becomes an error that the script can catch. */
    public interface Body {
        @Nullable
        Object call(Value[] arguments) throws InterruptedException;
    }

    public HostFunctions(Gate gate) {
        this.gate = gate;
    }

    public void add(String name, Body body) {
        ProxyExecutable function = arguments -> {
            if (gate.closed()) {
                throw unwind();
            }
            try {
                return body.call(arguments);
            } catch (UnsupportedCall e) {
                throw refused(e);
            } catch (IllegalArgumentException e) {
                throw error(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unwind();
            }
        };
        functions.put(name, function);
    }

    public Map<String, Object> byName() {
        return functions;
    }

    private RuntimeException refused(UnsupportedCall call) {
        Value error = Context.getCurrent().eval(MAKE_ERROR).execute("refused");
        String sentence = call.sentence(GuestFailure.of(error).place().orElse(""));
        return gate.refuse(sentence) ? unwind() : error(sentence);
    }

    /** An {@code Error} that the script can catch; to be thrown on the guest's thread. */
    public static RuntimeException error(String message) {
        return Context.getCurrent().eval(MAKE_ERROR).execute(message).throwException();
    }

    /**
     * Ends the guest's execution from inside a host function: waits for the interruption that another thread has asked
     * for. {@code catch} and {@code finally} blocks that GraalJS runs on the way out meet a closed gate again.
     */
    public static RuntimeException unwind() {
        long limit = System.nanoTime() + UNWIND_LIMIT_NANOS;
        while (System.nanoTime() < limit) {
            Context.getCurrent().safepoint();
            LockSupport.parkNanos(50_000);
        }
        return error("the iteration was cut off");
    }
}
