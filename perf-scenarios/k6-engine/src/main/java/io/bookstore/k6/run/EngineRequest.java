package io.bookstore.k6.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The script to run and the place for its results.
 *
 * @param script  the script file; its relative imports resolve beside it
 * @param env     {@code __ENV} on top of the process's own environment, as k6's {@code --env} does
 * @param output  existing folder for the samples, {@value #SUMMARY} and the relative files of {@code handleSummary}
 * @param flags   the amount to run, where the user overrides the script
 */
public record EngineRequest(Path script, Map<String, String> env, Path output, LoadFlags flags) {

    /** k6's {@code --out json}: one JSON document a line, metrics and points. */
    public static final String SAMPLES = "samples.jsonl";

    /** The same samples in groups, compressed with gzip, from the embedded engine; {@code SampleReader} reads both. */
    public static final String COMPRESSED_SAMPLES = "samples.jsonl.gz";

    /** k6's {@code --summary-export}; mind that {@code true} at a threshold means that it failed. */
    public static final String SUMMARY = "k6-summary.json";

    /** A request for as much as the script says. */
    public EngineRequest(Path script, Map<String, String> env, Path output) {
        this(script, env, output, LoadFlags.NONE);
    }

    public EngineRequest {
        env = Map.copyOf(env);
    }

    /** The file that receives every sample of k6. */
    public Path samples() {
        return output.resolve(SAMPLES);
    }

    /** The file that receives every sample of the embedded engine. */
    public Path compressedSamples() {
        return output.resolve(COMPRESSED_SAMPLES);
    }

    /** The one of both that there is in the folder of a run; the plain one if there is none. */
    public static Path samplesIn(Path folder) {
        Path compressed = folder.resolve(COMPRESSED_SAMPLES);
        return Files.exists(compressed) ? compressed : folder.resolve(SAMPLES);
    }

    /** The file that receives the end-of-test summary; missing when the script never got past its init code. */
    public Path summary() {
        return output.resolve(SUMMARY);
    }
}
