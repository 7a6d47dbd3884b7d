package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.llm.ProviderKind;
import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What the simulator, as a provider of every kind that fails now and then, says of the service as its client. */
final class Verdicts implements Proof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLS = 30;

    private static final String FAULTS = Stream.of(
                    "429:1",
                    "429",
                    "500",
                    "503",
                    "400",
                    "401",
                    "insufficient-quota",
                    "reset-before-headers",
                    "reset-after-chunks:3",
                    "no-terminator",
                    "error-event:2")
            .map(fault -> "{\"fault\":\"" + fault + "\",\"probability\":0.05}")
            .reduce((all, next) -> all + "," + next)
            .orElseThrow();

    private final World world;

    Verdicts(World world) {
        this.world = world;
    }

    /** The settings of a provider of each kind at the simulator. */
    static Stream<Map<String, String>> providers(URI simulator) {
        return Stream.of(ProviderKind.values()).map(kind -> {
            String prefix = "BOOKSTORE_LLM_PROVIDERS_" + name(kind).toUpperCase(Locale.ROOT) + "_";
            Map<String, String> settings = new TreeMap<>();
            settings.put(prefix + "KIND", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            settings.put(prefix + "BASE_URL", simulator + path(kind));
            settings.put(prefix + "API_KEY", World.CANARY);
            settings.put(prefix + "MODEL", "gpt-4o-mini");
            return settings;
        });
    }

    private static String name(ProviderKind kind) {
        return "v" + kind.name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    private static String path(ProviderKind kind) {
        return switch (kind) {
            case OLLAMA -> "";
            case GEMINI -> "/v1beta";
            default -> "/v1";
        };
    }

    @Override
    public Seen see() throws Exception {
        world.simulatorFaults(FAULTS);
        Map<String, CompletableFuture<Answer>> calls = new LinkedHashMap<>();
        for (ProviderKind kind : ProviderKind.values()) {
            String path = world.anyBook() + "/generate-summary?refresh=true&provider=" + name(kind);
            for (int i = 0; i < CALLS; i++) {
                String key = name(kind) + "-" + i;
                calls.put(key, world.service().later("POST", path, "", "X-Request-Id", key));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        calls.forEach((key, call) -> {
            int status = call.join().status();
            statuses.add(status);
            world.simulator().report(key, status == 200);
        });
        world.simulatorFaults("");
        assertThat(statuses).as("the faults have struck").contains(200).anyMatch(status -> status != 200);
        JsonNode verdicts = JSON.readTree(world.simulatorSays("/admin/verdicts"));
        assertThat(verdicts.get("good").asBoolean())
                .as(verdicts.toPrettyString())
                .isTrue();
        return new Seen("all good: "
                + String.join(", ", new TreeSet<>(verdicts.get("providers").findValuesAsText("provider"))));
    }
}
