package io.bookstore.perf.run;

import io.bookstore.k6.run.LoadFlags;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.scenario.Conversation;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.perf.scenario.ScriptFiles;
import io.bookstore.perf.scenario.StatedLimits;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import io.bookstore.perf.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run that the user asked for.
 *
 * @param name   names the run and its folder
 * @param output the folder of this run's results, created if need be
 */
public record RunOrder(String name, Script script, Service service, Path output, Rules rules) {

    private static final Path CONVERSATIONS = Path.of("lib", "conversation.js");

    /**
     * The limits of single requests: those of this order, else those of the script, else the standard ones.
     *
     * @throws PerfException if those of the script are wrong
     */
    public Slo limits() {
        return rules.slo().or(limitsOf(script.file(), script.env()));
    }

    /**
     * The limits of single requests that a script states, and the standard ones where it states none.
     *
     * @throws PerfException if those of the script are wrong
     */
    public static Slo limitsOf(Path script, Map<String, String> env) {
        return SloText.ofScript(script.getFileName().toString(), StatedLimits.of(script))
                .or(Slo.standard(env));
    }

    /** The hash of the script with everything that it reads; null if one of the files cannot be read. */
    public @Nullable String scriptHash() {
        try {
            ScriptFiles files = ScriptFiles.of(script.file());
            for (String variable : List.of("TARGET", "RECORDING")) {
                String file = script.env().getOrDefault(variable, "");
                files = TargetDescriptor.isPath(file) ? files.with(Path.of(file)) : files;
            }
            String target = script.env().getOrDefault("TARGET", "");
            if (TargetDescriptor.isPath(target)) {
                files = TargetDescriptor.dataFile(Path.of(target))
                        .map(files::with)
                        .orElse(files);
            }
            return files.contentHash();
        } catch (IOException | PerfException e) {
            return null;
        }
    }

    /** The script's variables, with the address of the service. */
    Map<String, String> envFor(URI service) {
        Map<String, String> complete = new TreeMap<>(script.env());
        complete.put("BASE_URL", service.toString());
        return complete;
    }

    /** The remedy where nothing answers at the address of a running service, besides a start of it. */
    String remedy(URI running) {
        String target = script.env().getOrDefault("TARGET", TargetDescriptor.OWN);
        if (target.equals(TargetDescriptor.OWN)) {
            return Stack.isOfNoBuild(service.apiJar())
                    ? "correct BASE_URL"
                    : "correct BASE_URL, or leave it out to have the BookStore API started";
        }
        try {
            Path scripts = script.file().toAbsolutePath().resolve("../..").normalize();
            return TargetDescriptor.read(target, scripts).correctionOf(running);
        } catch (PerfException e) {
            return "correct BASE_URL, or the baseUrl of TARGET \"" + target + "\"";
        }
    }

    /** @throws PerfException if there is no script of that name */
    public static void requireScript(Path script) {
        if (!Files.isRegularFile(script)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "No script at " + script + ": correct the path, or name the folder of scripts with --scripts.");
        }
    }

    /**
     * The script to run.
     *
     * @param env   variables for the script
     * @param flags changes to the load that the script asks for
     */
    public record Script(Path file, Map<String, String> env, LoadFlags flags) {

        public Script {
            requireScript(file);
            env = Map.copyOf(env);
        }

        /** Loads as much as the script says. */
        public Script(Path file, Map<String, String> env) {
            this(file, env, LoadFlags.NONE);
        }

        /** The pace of the script with its target, whose requests may be conversations. */
        public Pace pace() {
            return Pace.of(file, env).with(conversation().orElse(null));
        }

        private Optional<Conversation> conversation() {
            boolean streamed = env.getOrDefault("SUMMARY_STREAM", "").equalsIgnoreCase("yes");
            String target = env.getOrDefault("TARGET", TargetDescriptor.OWN);
            try {
                for (Path module : ScriptFiles.of(file).named()) {
                    if (module.endsWith(CONVERSATIONS)) {
                        Path descriptor = TargetDescriptor.file(
                                target, module.resolve("../..").normalize());
                        return DescribedConversation.read(
                                descriptor, streamed, Long.parseLong(env.getOrDefault("SEED", "1")));
                    }
                }
                return Optional.empty();
            } catch (IOException | PerfException | NumberFormatException e) {
                // The script cannot read it either, and says so itself.
                return Optional.empty();
            }
        }
    }

    /**
     * The service to load: one that runs already, or the BookStore API.
     *
     * @param baseUrl  the service that runs already; null to start the BookStore API
     * @param port     port of a started API, 0 for any free port
     * @param env      variables for a service that is started
     * @param otlpPort the port on which a running service finds a receiver of its spans; null for none. A started service
     *                 gets one in any case
     * @param paid     true if answers cost money, for a service that does not say whether its provider is simulated
     */
    public record Service(
            @Nullable URI baseUrl,
            int port,
            Path apiJar,
            Map<String, String> env,
            @Nullable Integer otlpPort,
            boolean paid) {

        public Service {
            env = Map.copyOf(env);
        }

        /** Takes any free port, and receives spans of a started API alone. */
        public Service(@Nullable URI baseUrl, Path apiJar, Map<String, String> env, boolean paid) {
            this(baseUrl, 0, apiJar, env, null, paid);
        }
    }

    /**
     * The rules by which a run is stopped and judged.
     *
     * @param maxUsd stops the run when its answers have cost more US dollars; infinite for no limit
     * @param strict true if what is only noted otherwise makes the measurement invalid
     * @param slo    limits of single requests that go before those of the script
     */
    public record Rules(double maxUsd, boolean strict, Slo slo) {

        /** Lets a run cost anything, and judges it by its script. */
        public static final Rules OF_THE_SCRIPT = new Rules(Double.POSITIVE_INFINITY, false, Slo.NONE);
    }
}
