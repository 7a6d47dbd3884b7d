package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.DescriptorSchema;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.HelpdeskService;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Runs against a helpdesk by a descriptor that a test writes. */
final class HelpdeskRuns {

    private HelpdeskRuns() {}

    /** Returns a script in which one user after the other does what its role does. */
    static String acting(int iterations) {
        return """
                import exec from 'k6/execution';
                import { act, roleOf } from '%1$s/crud.js';
                import { items } from '%1$s/client.js';
                export const options = { iterations: %2$d, thresholds: { crud_errors: ['rate<0.01'] } };
                export default function () {
                  const n = exec.scenario.iterationInTest;
                  act(roleOf(n), n, items()[0]);
                }
                """.formatted(Checkout.scripts().resolve("lib"), iterations);
    }

    /** Runs a script by a descriptor in which an editor finds nothing wrong. */
    static RunResult of(String script, String descriptor, HelpdeskService helpdesk, Path folder) throws Exception {
        assertThat(DescriptorSchema.published().findings(descriptor)).isEmpty();
        return EmbeddedRun.of(
                script, Map.of("TARGET", target(descriptor, folder)), URI.create(helpdesk.baseUrl()), folder);
    }

    /** Returns why a script of the kit refuses a descriptor before its load starts. */
    static String refusal(String script, String descriptor, Path folder) throws IOException {
        EngineRequest request =
                new EngineRequest(Path.of("k6").resolve(script), Map.of("TARGET", target(descriptor, folder)), folder);
        return Objects.requireNonNull(
                        new EmbeddedEngine(Map.of()).inspect(request).problem())
                .problem();
    }

    private static String target(String descriptor, Path folder) throws IOException {
        return Files.writeString(folder.resolve("helpdesk.yml"), descriptor).toString();
    }
}
