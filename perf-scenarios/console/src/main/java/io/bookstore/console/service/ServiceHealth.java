package io.bookstore.console.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.console.local.LocalAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The health of a service.
 *
 * @param sentence  the reason why nothing is known of it; null if something is
 * @param simulator the address on this machine of the simulator that the service calls, from {@code simulatorUrl} of a part of
 *                  this kit's service; null if it tells of none
 */
public record ServiceHealth(
        ServiceStatus status,
        @Nullable String sentence,
        List<Component> components,
        @Nullable URI simulator) {

    private static final int MOST_COMPONENTS = 30;
    private static final int LONGEST_TEXT = 300;
    private static final Set<String> DOWN = Set.of("DOWN", "OUT_OF_SERVICE");
    private static final String DEGRADED = "DEGRADED";
    private static final int UNAVAILABLE = 503;

    private static final ObjectMapper json = new ObjectMapper();

    public ServiceHealth {
        components = List.copyOf(components);
    }

    /**
     * A part of the service.
     *
     * @param status as the service writes it, such as {@code UP} or {@code OFF}
     * @param detail the rest that it tells of the part, the reason of its status among it; empty if that is nothing
     */
    public record Component(String name, String status, String detail) {

        private static Component of(String name, JsonNode part) {
            List<String> details = new ArrayList<>();
            addDetails(part, details);
            return new Component(cut(name), cut(part.path("status").asText()), cut(String.join(", ", details)));
        }

        private boolean impaired() {
            return status.equals(DEGRADED) || DOWN.contains(status);
        }
    }

    static ServiceHealth unknown(UnreadableServiceException reason) {
        return new ServiceHealth(reason.status(), reason.getMessage(), List.of(), null);
    }

    /**
     * Reads a health document: of this kit or Micronaut, whose parts are {@code details}, of Spring Boot with
     * {@code components}, or of MicroProfile with {@code checks}. Empty if it is none.
     */
    static Optional<ServiceHealth> read(HttpResponse<byte[]> answer) {
        JsonNode health;
        try {
            health = json.readTree(answer.body());
        } catch (IOException notJson) {
            return Optional.empty();
        }
        String word = health.path("status").asText();
        if (word.isEmpty()) {
            return Optional.empty();
        }
        List<Component> components = components(health);
        return Optional.of(
                new ServiceHealth(status(answer.statusCode(), word, components), null, components, simulator(health)));
    }

    private static @Nullable URI simulator(JsonNode health) {
        for (JsonNode part : health.path("details")) {
            Optional<URI> address = LocalAddress.of(part.path("simulatorUrl").asText());
            if (address.isPresent()) {
                return address.get();
            }
        }
        return null;
    }

    private static ServiceStatus status(int code, String word, List<Component> components) {
        if (code == UNAVAILABLE || DOWN.contains(word)) {
            return ServiceStatus.DOWN;
        }
        return word.equals(DEGRADED) || components.stream().anyMatch(Component::impaired)
                ? ServiceStatus.DEGRADED
                : ServiceStatus.UP;
    }

    private static List<Component> components(JsonNode health) {
        List<Component> components = new ArrayList<>();
        for (String parts : List.of("details", "components")) {
            health.path(parts).fields().forEachRemaining(part -> {
                if (part.getValue().has("status")) {
                    components.add(Component.of(part.getKey(), part.getValue()));
                }
            });
        }
        health.path("checks")
                .forEach(check -> components.add(Component.of(check.path("name").asText(), check)));
        return components.subList(0, Math.min(components.size(), MOST_COMPONENTS));
    }

    /** The plain members of a part, and of the object where some frameworks have them. */
    private static void addDetails(JsonNode part, List<String> details) {
        part.fields().forEachRemaining(member -> {
            JsonNode value = member.getValue();
            if (Set.of("details", "data").contains(member.getKey())) {
                addDetails(value, details);
            } else if (value.isValueNode() && !Set.of("name", "status").contains(member.getKey())) {
                details.add(described(member, value));
            }
        });
    }

    private static String described(Map.Entry<String, JsonNode> member, JsonNode value) {
        return member.getKey().equals("reason") ? value.asText() : member.getKey() + ": " + value.asText();
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    }
}
