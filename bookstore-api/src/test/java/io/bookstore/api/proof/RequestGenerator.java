package io.bookstore.api.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.api.proof.ApiDescription.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws requests: each part is right, wrong, or a text of {@link NaughtyStrings}; the seed decides. */
final class RequestGenerator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Object> BOOK = Map.of(
            "title",
            "Generated",
            "author",
            "Generator",
            "isbn",
            "9780140186475",
            "price",
            9.95,
            "genre",
            "Test",
            "description",
            "A book.",
            "publishedDate",
            "1914-06-15T00:00:00Z",
            "stockQuantity",
            7);
    private static final Map<String, Object> AUTHOR = Map.of(
            "name", "Generated", "bio", "Drawn by chance.", "nationality", "None", "birthDate", "1882-02-02T00:00:00Z");

    /** The most items of a list. */
    static final int LONGEST_LIST = 4;

    /** The number of ids that requests which follow each other share, so that they get in each other's way. */
    private static final int IDS_AT_A_TIME = 8;

    /** After how many requests the next id takes the place of the first of these. */
    private static final int REQUESTS_PER_ID = 30;

    private final List<Operation> operations;
    private final SplittableRandom random;
    private final List<String> ids;
    private int drawn;

    /** @param ids of what is there; the first requests are about the first of them, and so on */
    RequestGenerator(List<Operation> operations, SplittableRandom random, List<String> ids) {
        this.operations = List.copyOf(operations);
        this.random = random;
        this.ids = List.copyOf(ids);
    }

    /** A request as it is sent. */
    record Generated(Operation operation, String method, String target, Map<String, String> headers, byte[] body) {

        /** The target without its query. */
        String path() {
            return target.replaceAll("[?].*", "");
        }

        @Override
        public String toString() {
            return method + " " + target + " " + headers + " " + new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    Generated next() {
        drawn++;
        Operation route = pick(operations);
        Map<String, String> headers = new LinkedHashMap<>();
        byte[] body = new byte[0];
        if (route.takesBody()) {
            body = body(route.path());
            boolean patch = route.method().equals("PATCH");
            headers.put(
                    "Content-Type",
                    chance(95)
                            ? patch ? "application/merge-patch+json" : "application/json"
                            : pick(List.of("text/plain", "application/xml", "application/json;charset=utf-16")));
        }
        if (chance(10)) {
            headers.put(
                    pick(List.of(
                            "If-Match",
                            "If-None-Match",
                            "Idempotency-Key",
                            "X-Variant",
                            "X-Request-Id",
                            "X-Tenant-Name",
                            "X-User-Id",
                            "traceparent",
                            "Accept")),
                    pick(List.of(
                            "\"0\"",
                            "*",
                            "W/\"0\"",
                            "\"",
                            "zzz",
                            "00-0-0-0",
                            "application/json",
                            "text/html;q=2",
                            "x".repeat(300),
                            "${jndi:ldap://x}")));
        }
        return new Generated(route, route.method(), target(route), headers, body);
    }

    private String target(Operation route) {
        StringBuilder target =
                new StringBuilder(route.path().replaceAll("\\{[^}]+}", chance(60) ? id() : encoded(naughty())));
        char separator = '?';
        for (String parameter : route.parameters()) {
            if (chance(40)) {
                String value = chance(50)
                        ? pick(List.of("1", "2", "20", "true", "false", "Fantasy", "anthropic", "a"))
                        : naughty();
                target.append(separator).append(parameter).append('=').append(encoded(value));
                separator = '&';
            }
        }
        return target.toString();
    }

    private byte[] body(String path) {
        String kind = path.contains("Authors") ? "author" : "book";
        if (chance(3)) {
            byte[] bytes = new byte[random.nextInt(1, 40)];
            random.nextBytes(bytes);
            return bytes;
        }
        String json =
                path.endsWith("/bulk") ? list(kind).toString() : object(kind).toString();
        if (chance(5)) {
            json = json.substring(0, random.nextInt(1, json.length()));
        }
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private ArrayNode list(String kind) {
        ArrayNode list = JSON.createArrayNode();
        for (int i = random.nextInt(LONGEST_LIST); i >= 0; i--) {
            list.add(object(kind));
        }
        return list;
    }

    /** Mostly whole, so that some of them pass. */
    private ObjectNode object(String kind) {
        ObjectNode object = JSON.createObjectNode();
        (kind.equals("book") ? BOOK : AUTHOR).forEach((name, value) -> {
            if (chance(97)) {
                object.set(name, chance(90) ? JSON.valueToTree(value) : JSON.valueToTree(anything(0)));
            }
        });
        if (chance(3)) {
            object.set(naughty(), JSON.valueToTree(anything(0)));
        }
        return object;
    }

    private String id() {
        return ids.get((drawn / REQUESTS_PER_ID + random.nextInt(IDS_AT_A_TIME)) % ids.size());
    }

    private Object anything(int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble() * 1e12;
            case 2 -> random.nextInt() % 2 == 0;
            case 3, 4 -> naughty();
            case 5 -> List.of(anything(depth + 1), anything(depth + 1));
            default -> Map.of(naughty(), anything(depth + 1));
        };
    }

    private String naughty() {
        return pick(NaughtyStrings.ALL);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
