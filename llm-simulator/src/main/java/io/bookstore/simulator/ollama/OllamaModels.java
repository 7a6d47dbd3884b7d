package io.bookstore.simulator.ollama;

import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.WireRequest;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The models that have been pulled, and those in memory: https://github.com/ollama/ollama/blob/main/docs/api.md#list-local-models
 * and the sections after it. Every model is taken for pulled but one whose name begins with {@code unknown}.
 */
enum OllamaModels {
    LLAMA(
            "llama3.1:8b",
            4_920_753_328L,
            "46e0c10c039e019119339687c3c1757cc81b9da49709a3b3924863ba87ca666e",
            "llama",
            "8.0B",
            "Q4_K_M",
            131_072,
            "completion"),
    NOMIC_EMBED_TEXT(
            "nomic-embed-text:latest",
            274_302_450L,
            "0a109f422b47e3a30ba2b10eca18548e944e8a23073ee3f3e947efcf3c45e59f",
            "nomic-bert",
            "137M",
            "F16",
            2_048,
            "embedding");

    // As Ollama tells of a model that stays in memory; a date that never changes keeps two runs equal.
    private static final String EXPIRES = "2318-01-01T00:00:00Z";
    private static final String EMBED = "embed";

    private final String name;
    private final long bytes;
    private final String digest;
    private final String family;
    private final String parameters;
    private final String quantization;
    private final int contextTokens;
    private final String capability;

    OllamaModels(
            String name,
            long bytes,
            String digest,
            String family,
            String parameters,
            String quantization,
            int contextTokens,
            String capability) {
        this.name = name;
        this.bytes = bytes;
        this.digest = digest;
        this.family = family;
        this.parameters = parameters;
        this.quantization = quantization;
        this.contextTokens = contextTokens;
        this.capability = capability;
    }

    /** The models that have been pulled. */
    static String tags() {
        return list(model -> model.entry() + ",\"modified_at\":\"2025-01-01T00:00:00Z\"}");
    }

    /** The models in memory: all of them, since none takes any. */
    static String running() {
        return list(model -> model.entry() + ",\"expires_at\":\"" + EXPIRES + "\",\"size_vram\":" + model.bytes
                + ",\"context_length\":" + model.contextTokens + "}");
    }

    /** The details of the model that the request names, as of one of the listed ones that does the same. */
    static String show(WireRequest request) {
        String asked = OllamaRequest.model(request.body());
        OllamaModels model = asked.contains(EMBED) ? NOMIC_EMBED_TEXT : LLAMA;
        return "{\"modelfile\":" + Json.quote("FROM " + asked) + ",\"parameters\":\"\",\"template\":\"{{ .Prompt }}\","
                + "\"details\":" + model.details() + ",\"model_info\":{\"general.architecture\":\"" + model.family
                + "\",\"" + model.family + ".context_length\":" + model.contextTokens + "},\"capabilities\":[\""
                + model.capability + "\"]}";
    }

    private static String list(Function<OllamaModels, String> document) {
        return List.of(values()).stream().map(document).collect(Collectors.joining(",", "{\"models\":[", "]}"));
    }

    private String entry() {
        return "{\"name\":\"" + name + "\",\"model\":\"" + name + "\",\"size\":" + bytes + ",\"digest\":\"" + digest
                + "\",\"details\":" + details();
    }

    private String details() {
        return "{\"parent_model\":\"\",\"format\":\"gguf\",\"family\":\"" + family + "\",\"families\":[\"" + family
                + "\"],\"parameter_size\":\"" + parameters + "\",\"quantization_level\":\"" + quantization + "\"}";
    }
}
