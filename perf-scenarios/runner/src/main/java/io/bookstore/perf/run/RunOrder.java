package io.bookstore.perf.run;

import io.bookstore.k6.run.LoadFlags;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.scenario.ScriptFiles;
import io.bookstore.perf.scenario.StatedLimits;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run that the user asked for.
 *
 * @param name    names the run and its folder
 * @param env     variables for the script
 * @param serviceEnv variables for a service that is started
 * @param baseUrl the service to load; null to start the BookStore API
 * @param port    port of a started API, 0 for any free port
 * @param output  the folder of this run's results, created if need be
 * @param maxUsd  stops the run when its answers have cost more US dollars; infinite for no limit
 * @param flags   changes to the load that the script asks for
 * @param otlpPort the port on which a running service finds a receiver of its spans; null for none. A started service
 *                gets one in any case
 * @param strict  true if what is only noted otherwise makes the measurement invalid
 * @param paid    true if answers cost money, for a service that does not say whether its provider is simulated
 * @param slo     limits of single requests that go before those of the script
 */
public record RunOrder(
        String name,
        Path script,
        Map<String, String> env,
        Map<String, String> serviceEnv,
        @Nullable URI baseUrl,
        int port,
        Path apiJar,
        Path output,
        double maxUsd,
        LoadFlags flags,
        @Nullable Integer otlpPort,
        boolean paid,
        boolean strict,
        Slo slo) {

    /** Orders as much as the script says, of a service that says itself whether it costs money. */
    public RunOrder(
            String name,
            Path script,
            Map<String, String> env,
            Map<String, String> serviceEnv,
            @Nullable URI baseUrl,
            int port,
            Path apiJar,
            Path output,
            double maxUsd) {
        this(
                name,
                script,
                env,
                serviceEnv,
                baseUrl,
                port,
                apiJar,
                output,
                maxUsd,
                LoadFlags.NONE,
                null,
                false,
                false,
                Slo.NONE);
    }

    public RunOrder {
        requireScript(script);
        env = Map.copyOf(env);
        serviceEnv = Map.copyOf(serviceEnv);
    }

    /**
     * The limits of single requests: those of this order, else those of the script, else the standard ones.
     *
     * @throws PerfException if those of the script are wrong
     */
    public Slo limits() {
        return slo.or(limitsOf(script, env));
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
            ScriptFiles files = ScriptFiles.of(script);
            for (String variable : List.of("TARGET", "RECORDING")) {
                String file = env.getOrDefault(variable, "");
                files = TargetDescriptor.isPath(file) ? files.with(Path.of(file)) : files;
            }
            return files.contentHash();
        } catch (IOException e) {
            return null;
        }
    }

    /** The script's variables, with the address of the service. */
    Map<String, String> envFor(URI service) {
        Map<String, String> complete = new TreeMap<>(env);
        complete.put("BASE_URL", service.toString());
        return complete;
    }

    /** @throws PerfException if there is no script of that name */
    public static void requireScript(Path script) {
        if (!Files.isRegularFile(script)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "No script at " + script + ": correct the path, or name the folder of scripts with --scripts.");
        }
    }
}
