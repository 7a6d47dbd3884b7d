package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.llm.provider.ConfiguredProvider;
import io.bookstore.api.llm.provider.ProviderKind;
import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The simulator's verdicts on the service as its client, after faults at a provider of every kind. */
final class Verdicts implements Proof {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The faults that strike providers of every kind. */
    private static final List<String> FAULTS = List.of(
            "429:1",
            "429",
            "400",
            "401",
            "500",
            "503",
            "reset-before-headers",
            "reset-after-chunks:3",
            "no-terminator",
            "error-event:2");

    /** The kinds that say in their 429 whether waiting helps; of the others no verdict on a quota has a case. */
    private static final List<ProviderKind> QUOTAS = List.of(ProviderKind.OPENAI, ProviderKind.OPENAI_COMPATIBLE);

    /** Verdicts for whose cases it takes a stall of minutes, a conversation, or many good answers before each fault. */
    private static final Set<String> NOT_SHOWN =
            Set.of("failure-retried", "silence-timed-out", "malformed-frame-not-trusted");

    /** Broken here and nowhere else: the retries of this world wait for 20 ms, so that its rows do not take minutes. */
    private static final String HASTE = "retries-back-off";

    /** Further verdicts without a case: the wire of that provider cannot say how long to wait. */
    private static final Set<String> NO_CASE = Set.of("bedrock retry-after-honoured");

    // So that no breaker opens, and each fault strikes.
    private static final int GOOD_CALLS_BETWEEN = 5;

    private final World world;

    Verdicts(World world) {
        this.world = world;
    }

    /** The settings of a provider of each kind at the simulator. */
    static Stream<Map<String, String>> providers(URI simulator) {
        return Stream.of(ProviderKind.values()).map(kind -> {
            String prefix = "BOOKSTORE_LLM_PROVIDERS_" + name(kind).toUpperCase(Locale.ROOT) + "_";
            Map<String, String> settings = new TreeMap<>();
            ConfiguredProvider configured = ConfiguredProvider.of(kind);
            settings.put(prefix + "KIND", ConfiguredProvider.textOf(kind));
            settings.put(prefix + "BASE_URL", configured.addressAt(simulator));
            settings.put(prefix + "API_KEY", World.CANARY);
            // One that the vendor has: for any other the simulator refuses the request, and there is nothing to judge.
            settings.put(prefix + "MODEL", configured.model());
            return settings;
        });
    }

    private static String name(ProviderKind kind) {
        return "v" + kind.name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** The providers as the simulator knows them: one that is compatible with OpenAI is OpenAI there. */
    private static Set<String> namesAtTheSimulator(Collection<ProviderKind> kinds) {
        return kinds.stream()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).split("_")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Seen see() throws Exception {
        for (String fault : FAULTS) {
            strike(fault, List.of(ProviderKind.values()));
        }
        strike("insufficient-quota", QUOTAS);

        JsonNode verdicts = JSON.readTree(world.simulatorSays("/admin/verdicts"));
        Set<String> judged = new TreeSet<>();
        for (JsonNode provider : verdicts.get("providers")) {
            String name = provider.get("provider").asText();
            judged.add(name);
            for (JsonNode verdict : provider.get("verdicts")) {
                String rule = verdict.get("name").asText();
                assertThat(verdict.get("good").asBoolean() || rule.equals(HASTE))
                        .as("%s: %s", name, verdict)
                        .isTrue();
                if (NOT_SHOWN.contains(rule)) {
                    continue;
                }
                boolean can = rule.equals("quota-not-retried")
                        ? namesAtTheSimulator(QUOTAS).contains(name)
                        : !NO_CASE.contains(name + " " + rule);
                assertThat(verdict.get("cases").asInt() > 0)
                        .as("%s: %s", name, verdict)
                        .isEqualTo(can);
            }
        }
        assertThat(judged).isEqualTo(namesAtTheSimulator(List.of(ProviderKind.values())));
        return new Seen("all good: " + String.join(", ", judged));
    }

    /** Each is asked once while the fault strikes everybody, and then until its breaker has seen enough good. */
    private void strike(String fault, List<ProviderKind> kinds) throws Exception {
        world.simulatorFaults("{\"fault\":\"" + fault + "\"}");
        Map<String, CompletableFuture<Answer>> calls = new LinkedHashMap<>();
        for (ProviderKind kind : kinds) {
            String key = name(kind) + "-" + fault.replace(':', '-');
            String path = world.anyBook() + "/generate-summary?refresh=true&provider=" + name(kind);
            calls.put(key, world.service().later("POST", path, "", "X-Request-Id", key));
        }
        calls.forEach((key, call) -> {
            call.join().assertProblem();
            world.simulator().report(key, false);
        });
        world.simulatorFaults("");
        for (ProviderKind kind : kinds) {
            for (int i = 0; i < GOOD_CALLS_BETWEEN; i++) {
                world.summary(name(kind)).assertStatus(200);
            }
        }
    }
}
