package io.bookstore.simulator.wire;

import io.bookstore.simulator.state.StreamPart;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A method and a path, and what happens there. */
public record Endpoint(String method, Pattern path, Action action) {

    /** The action of an endpoint. Each may throw {@link RefusedException}. */
    public sealed interface Action {

        /**
         * An answer that takes its time and is written to the journal.
         *
         * @param recall fills in what the request refers to and the provider has kept
         */
        record Generate(
                Operation operation, UnaryOperator<WireRequest> recall, Function<WireRequest, GenerationRequest> reader)
                implements Action {}

        /**
         * A document at once.
         *
         * @param charset UTF-8, or ISO-8859-1 if each character is a byte
         */
        record Reply(String contentType, Charset charset, Function<WireRequest, String> document) implements Action {}

        /**
         * A stream of events that goes on where its client left it, or a document.
         *
         * @param events whose times begin with this request; null if it asks for the document
         */
        record Resume(Function<WireRequest, @Nullable Iterator<StreamPart>> events, Reply otherwise)
                implements Action {}
    }

    public static Endpoint generates(String path, Function<WireRequest, GenerationRequest> reader) {
        return generates(Operation.CHAT, path, reader);
    }

    public static Endpoint generates(
            Operation operation, String path, Function<WireRequest, GenerationRequest> reader) {
        return generates(operation, path, UnaryOperator.identity(), reader);
    }

    /** @param recall fills in what the request refers to and the provider has kept */
    public static Endpoint generates(
            Operation operation,
            String path,
            UnaryOperator<WireRequest> recall,
            Function<WireRequest, GenerationRequest> reader) {
        return new Endpoint("POST", Pattern.compile(path), new Action.Generate(operation, recall, reader));
    }

    public static Endpoint replies(String method, String path, Function<WireRequest, String> json) {
        return sends("application/json", method, path, json);
    }

    /** @param events whose times begin with the request; null if it asks for the document */
    public static Endpoint resumes(
            String path,
            Function<WireRequest, @Nullable Iterator<StreamPart>> events,
            Function<WireRequest, String> json) {
        return new Endpoint(
                "GET",
                Pattern.compile(path),
                new Action.Resume(events, new Action.Reply("application/json", StandardCharsets.UTF_8, json)));
    }

    /** An endpoint that sends a document of any type at once. */
    public static Endpoint sends(
            String contentType, String method, String path, Function<WireRequest, String> document) {
        return new Endpoint(
                method, Pattern.compile(path), new Action.Reply(contentType, StandardCharsets.UTF_8, document));
    }

    /** An endpoint that sends bytes at once, a character for each. */
    public static Endpoint sendsBytes(String method, String path, Function<WireRequest, String> bytes) {
        return new Endpoint(
                method,
                Pattern.compile(path),
                new Action.Reply("application/octet-stream", StandardCharsets.ISO_8859_1, bytes));
    }
}
