package io.bookstore.k6.vu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.HostFunctions;
import io.bookstore.k6.script.UnsupportedCall;
import io.bookstore.perf.metrics.BuiltInMetrics;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Behind module {@code k6} and the globals. */
final class CoreFunctions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VirtualUser vu;

    CoreFunctions(VirtualUser vu) {
        this.vu = vu;
    }

    void register(HostFunctions functions) {
        functions.add("vuId", arguments -> vu.id());
        functions.add("environment", arguments -> environment());
        functions.add("log", arguments -> {
            vu.run().log(arguments[0].asString(), arguments[1].asString());
            return null;
        });
        functions.add(
                "setTimer",
                arguments -> vu.loop().schedule(arguments[0], arguments[1].asDouble(), arguments[2].asBoolean()));
        functions.add("clearTimer", arguments -> {
            vu.loop().cancel(arguments[0].asLong());
            return null;
        });
        functions.add(
                "resolve",
                arguments -> resolve(arguments[0].asString(), arguments[1].asString())
                        .toUri()
                        .toString());
        functions.add("openText", arguments -> new String(open(arguments), StandardCharsets.UTF_8));
        functions.add("openBytes", arguments -> ByteBuffer.wrap(open(arguments)));
        functions.add("requireRunning", arguments -> {
            requireRunning(vu, arguments[0].asString());
            return null;
        });
        functions.add("refuse", arguments -> {
            throw new UnsupportedCall(arguments[0].asString(), "run this script with k6 itself");
        });
        functions.add("requireInit", arguments -> {
            requireInit(vu, arguments[0].asString());
            return null;
        });
        functions.add("sleep", arguments -> {
            vu.pause((long) (arguments[0].asDouble() * 1e9));
            return null;
        });
        functions.add("recordCheck", this::recordCheck);
        functions.add("enterGroup", arguments -> enterGroup(arguments[0].asString()));
        functions.add("leaveGroup", arguments -> leaveGroup(arguments[0]));
    }

    static void requireRunning(VirtualUser vu, String what) {
        if (vu.phase() == Phase.INIT) {
            throw new IllegalArgumentException(
                    what + " cannot be used in init code; call it from a function of the script");
        }
    }

    static void requireInit(VirtualUser vu, String what) {
        if (vu.phase() != Phase.INIT) {
            throw new IllegalArgumentException(
                    what + " can only be used in init code; move it to the top of the script");
        }
    }

    private String environment() {
        try {
            return JSON.writeValueAsString(vu.run().environment());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private byte[] open(Value[] arguments) {
        requireInit(vu, "open()");
        String name = arguments[0].asString();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("open() needs a file name");
        }
        String caller = arguments[1].asString();
        Path file = resolve(name, caller);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("open('" + name + "') cannot read " + file.normalize());
        }
    }

    /** Relative to the file whose init code is executing, as k6 does it. */
    private Path resolve(String name, String caller) {
        if (name.startsWith("file://")) {
            return Path.of(URI.create(name));
        }
        Path base = caller.isEmpty() ? vu.run().runtime().script() : Path.of(caller);
        return base.resolveSibling(name).normalize();
    }

    private @Nullable Object recordCheck(Value[] arguments) {
        String name = arguments[0].asString();
        if (name.contains("::")) {
            throw new IllegalArgumentException("the name of check '" + name + "' must not contain '::'");
        }
        boolean passed = arguments[1].asBoolean();
        Map<String, String> own = GuestValues.tags(arguments[2]);
        String group = vu.tags().group();
        if (vu.phase() != Phase.SUMMARY) {
            vu.run().shared().checks().group(group).check(name).count(passed);
        }
        vu.samples().emit(BuiltInMetrics.CHECKS, passed ? 1 : 0, vu.tags().check(name, own));
        return null;
    }

    /** @return the state that {@link #leaveGroup} restores: the outer group and the time when it was left */
    private Object enterGroup(String name) {
        if (name.contains("::")) {
            throw new IllegalArgumentException("the name of group '" + name + "' must not contain '::'");
        }
        String outer = vu.tags().group();
        OpenGroup open = new OpenGroup(outer, System.nanoTime());
        String path = name.isEmpty() ? outer : outer + "::" + name;
        if (vu.phase() == Phase.ITERATION) {
            vu.run().shared().checks().group(path);
        }
        vu.tags().enterGroup(path);
        return open;
    }

    private record OpenGroup(String outer, long startNanos) {}

    private @Nullable Object leaveGroup(Value entered) {
        OpenGroup open = entered.asHostObject();
        double millis = (System.nanoTime() - open.startNanos()) / 1e6;
        vu.samples().emit(BuiltInMetrics.GROUP_DURATION, millis, vu.tags().plain());
        vu.tags().enterGroup(open.outer());
        return null;
    }
}
