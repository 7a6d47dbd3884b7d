package io.bookstore.k6.script;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** An exception that left the script. */
public final class GuestFailure extends RuntimeException {
    private static final Pattern PLACE = Pattern.compile("(?<=[( ])(/[^():]*):(\\d+):(\\d+)");

    private final String stack;
    private final boolean interrupted;

    private GuestFailure(String message, String stack, boolean interrupted) {
        super(message, null, false, false);
        this.stack = stack;
        this.interrupted = interrupted;
    }

    static GuestFailure of(PolyglotException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure.isInterrupted() || failure.isCancelled()) {
            return new GuestFailure(message, "", true);
        }
        Value thrown = failure.getGuestObject();
        return thrown == null || failure.isHostException()
                ? new GuestFailure(message, frames(failure), false)
                : of(thrown);
    }

    static GuestFailure of(Value thrown) {
        boolean hasStack = thrown.hasMembers()
                && thrown.hasMember("stack")
                && thrown.getMember("stack").isString();
        if (!hasStack) {
            return new GuestFailure(thrown.toString(), "", false);
        }
        String[] lines = thrown.getMember("stack").asString().split("\n", -1);
        String message = Arrays.stream(lines)
                .takeWhile(line -> !line.stripLeading().startsWith("at "))
                .collect(Collectors.joining("\n"));
        String stack = Arrays.stream(lines)
                .filter(line -> line.stripLeading().startsWith("at ") && isFromScript(line))
                .collect(Collectors.joining("\n"));
        return new GuestFailure(message, stack, false);
    }

    private static String frames(PolyglotException failure) {
        StringBuilder frames = new StringBuilder();
        for (PolyglotException.StackFrame frame : failure.getPolyglotStackTrace()) {
            if (frame.isGuestFrame() && frame.getSourceLocation() != null) {
                String path =
                        String.valueOf(frame.getSourceLocation().getSource().getPath());
                String line = "    at %s (%s:%d:%d)"
                        .formatted(
                                frame.getRootName(),
                                path,
                                frame.getSourceLocation().getStartLine(),
                                frame.getSourceLocation().getStartColumn());
                frames.append(isFromScript(line) ? line + "\n" : "");
            }
        }
        return frames.toString().stripTrailing();
    }

    private static boolean isFromScript(String frame) {
        return !frame.contains("k6/") || PLACE.matcher(frame).find();
    }

    /** {@code file:line:column} of the innermost frame in the script's own files; empty when unknown. */
    public Optional<String> place() {
        Matcher matcher = PLACE.matcher(stack);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    /** Message and the script's own stack frames. */
    public String withStack() {
        return stack.isEmpty() ? message() : message() + "\n" + stack;
    }

    /** True if the engine itself cut it off. */
    public boolean interrupted() {
        return interrupted;
    }
}
