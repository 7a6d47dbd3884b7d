package io.bookstore.hub;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The runs of the guide against one service; those that several claims read are made once, for the first of them. */
final class GuideRuns {

    static final Map<String, String> SHORT_SMOKE = Map.of("DURATION_SCALE", "0.02");
    static final Map<String, String> SHORT_MIXED = Map.of("DURATION_SCALE", "0.001");

    private final BookStoreService service;
    private final Path folder;
    private @Nullable PerfRun smoke;
    private long servedBySmoke;
    private long journalledBySmoke;
    private @Nullable PerfRun mixed;

    GuideRuns(BookStoreService service, Path folder) {
        this.service = service;
        this.folder = folder;
    }

    /** The run of {@code make perf-ai-smoke}. */
    PerfRun smoke() throws Exception {
        if (smoke == null) {
            long served = service.summaryRequests();
            long journalled = service.journalled();
            smoke = packagedSmoke();
            servedBySmoke = service.summaryRequests() - served;
            journalledBySmoke = service.journalled() - journalled;
        }
        return smoke;
    }

    /** The summary requests that the service counted during {@link #smoke}. */
    long servedBySmoke() {
        return servedBySmoke;
    }

    /** The attempts that the simulator counted during {@link #smoke}. */
    long journalledBySmoke() {
        return journalledBySmoke;
    }

    /** The run of {@code make perf-mixed} in this JVM. */
    PerfRun mixed() throws Exception {
        if (mixed == null) {
            mixed = embedded("mixed", SHORT_MIXED, "mixed");
        }
        return mixed;
    }

    /** Makes a run in this JVM. */
    PerfRun embedded(String scenario, Map<String, String> environment, String output) throws Exception {
        return PerfRun.embedded(scenario, folder.resolve(output), service.baseUrl(), environment);
    }

    private PerfRun packagedSmoke() throws Exception {
        Map<String, String> environment = new TreeMap<>(ScenarioRun.PATIENT_LIMITS);
        environment.putAll(SHORT_SMOKE);
        environment.put("BASE_URL", service.baseUrl());
        return PerfRun.run("ai-smoke", folder.resolve("ai-smoke"), environment);
    }
}
