package io.bookstore.k6.script;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** An isolated instance of the script. Used by one thread at a time; only {@link #interrupt} may come from another. */
public final class ScriptContext implements AutoCloseable {
    private static final String HOST_BINDING = "__host";
    private static final Duration INTERRUPT_LIMIT = Duration.ofSeconds(5);

    /** Code of ours by its name: GraalJS forgets what it has parsed of a source that nobody holds. */
    private static final Map<String, Source> sources = new ConcurrentHashMap<>();

    private final Context context;
    private final EventLoop loop;
    private final Value exports;
    private final Value invoke;
    private final Value setIteration;
    private final Value globals;
    private @Nullable Value rejection;

    ScriptContext(
            Context context, EventLoop loop, ScriptFiles files, Map<String, Object> host, Source main, Path script) {
        this.context = context;
        this.loop = loop;
        context.getBindings("js").putMember(HOST_BINDING, ProxyObject.fromMap(host));
        globals = context.eval(builtIn("k6/internal/globals"));
        for (String module : BuiltInModules.PUBLIC) {
            globals.getMember("registerBuiltIn").executeVoid(module, context.eval(importing(module)));
        }
        files.commonJs().connect(globals);
        context.getBindings("js").removeMember(HOST_BINDING);
        files.seal();
        invoke = globals.getMember("invoke");
        setIteration = globals.getMember("setIteration");
        try {
            exports = context.eval(main);
            loop.drain(() -> false);
        } catch (PolyglotException e) {
            throw InitFailure.explain(e, files, script);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ScriptFault.exception("The init code of " + script + " was interrupted.");
        }
    }

    static Source builtIn(String module) {
        return sources.computeIfAbsent(
                module, name -> source(new String(BuiltInModules.source(name), StandardCharsets.UTF_8), name));
    }

    private static Source importing(String module) {
        return sources.computeIfAbsent(
                "k6/internal/load/" + module,
                name -> source("export * from '%s'; export { default } from '%s';".formatted(module, module), name));
    }

    private static Source source(String code, String name) {
        return Source.newBuilder("js", code, name)
                .mimeType("application/javascript+module")
                .buildLiteral();
    }

    /** The exported value of that name; empty when there is none or it is undefined. */
    public Optional<Value> exported(String name) {
        Value value = exports.getMember(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** Names of the exports that can be called. */
    public Set<String> exportedFunctions() {
        return exports.getMemberKeys().stream()
                .filter(name -> exported(name).map(Value::canExecute).orElse(false))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Calls an exported function, awaits the promise it may return and everything on the event loop.
     *
     * @param cut asked whether the iteration is over although the event loop is not empty
     * @return the value that the function returned, or that its promise was resolved with
     * @throws GuestFailure when it throws or its promise is rejected
     */
    public Value call(String function, @Nullable Value argument, BooleanSupplier cut) throws InterruptedException {
        try {
            rejection = null;
            Value[] result = new Value[1];
            ProxyExecutable resolved = arguments -> {
                result[0] = arguments[0];
                return null;
            };
            ProxyExecutable rejected = arguments -> {
                rejection = arguments[0];
                return null;
            };
            Value target = exported(function).orElseThrow();
            invoke.executeVoid(target, argument == null ? context.asValue(null) : argument, resolved, rejected);
            loop.drain(() -> cut.getAsBoolean() || rejection != null);
            if (rejection != null) {
                throw GuestFailure.of(rejection);
            }
            return result[0] == null ? context.asValue(null) : result[0];
        } catch (PolyglotException e) {
            throw GuestFailure.of(e);
        } finally {
            loop.clear();
        }
    }

    /** A function of {@code k6/internal/globals}. */
    public Value internal(String function, Object... arguments) {
        try {
            return globals.getMember(function).execute(arguments);
        } catch (PolyglotException e) {
            throw GuestFailure.of(e);
        }
    }

    /** {@code __ITER}, which does not exist before the first iteration. */
    public void setIteration(long iteration) {
        try {
            setIteration.executeVoid(iteration);
        } catch (PolyglotException e) {
            throw GuestFailure.of(e);
        }
    }

    public Value value(@Nullable Object value) {
        return context.asValue(value);
    }

    /**
     * Cuts off what runs now, a busy loop included, and returns when it has ended.
     *
     * @return false when it did not end in time; the context is closed then and of no more use
     */
    public boolean interrupt() {
        try {
            context.interrupt(INTERRUPT_LIMIT);
            return true;
        } catch (TimeoutException e) {
            context.close(true);
            return false;
        }
    }

    @Override
    public void close() {
        context.close(true);
    }
}
