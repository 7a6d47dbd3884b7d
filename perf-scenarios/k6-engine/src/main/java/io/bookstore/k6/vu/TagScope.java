package io.bookstore.k6.vu;

import io.bookstore.k6.http.Hop;
import io.bookstore.perf.metrics.UrlCredentials;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tags and metadata that samples of one virtual user carry. Maps are immutable and shared between samples of the same kind, so
 * that a sample costs a look-up and not a map.
 */
final class TagScope {
    /** A script that puts ids into urls or tags makes kinds without end; then the cache starts anew. */
    private static final int CACHED_KINDS = 2_000;

    private final Map<String, String> runTags;
    private final Set<String> systemTags;
    private final Map<String, Kinds> byGroup = new HashMap<>();
    private final Map<String, String> vuTags = new LinkedHashMap<>();
    private Map<String, String> metadata = Map.of();
    private Map<String, String> scenarioTags = Map.of();
    private @Nullable String scenario;
    private String group = "";
    private @Nullable Kinds current;

    TagScope(Map<String, String> runTags, Set<String> systemTags) {
        this.runTags = runTags;
        this.systemTags = systemTags;
    }

    /** The tag sets that share a group. */
    private static final class Kinds {
        private final Map<String, String> plain;
        private final Map<String, Map<String, String>> checks = new HashMap<>();
        private final Map<Object, Map<String, String>> others = new HashMap<>();

        Kinds(Map<String, String> plain) {
            this.plain = plain;
        }
    }

    private record HopKind(
            String method,
            String url,
            @Nullable String name,
            int status,
            @Nullable String proto,
            @Nullable String error,
            int errorCode,
            @Nullable Boolean expected,
            @Nullable String remoteIp,
            Map<String, String> own) {}

    void enterScenario(String name, Map<String, String> tags) {
        if (!name.equals(scenario)) {
            scenario = name;
            scenarioTags = tags;
            forget();
        }
    }

    String group() {
        return group;
    }

    void enterGroup(String path) {
        group = path;
        current = null;
    }

    Map<String, String> vuTags() {
        return vuTags;
    }

    void setVuTag(String name, @Nullable String value) {
        if (value == null) {
            vuTags.remove(name);
        } else {
            vuTags.put(name, value);
        }
        forget();
    }

    /** The metadata of all samples from now on; the map itself never changes. */
    Map<String, String> metadata() {
        return metadata;
    }

    /** Metadata has no part in the cached tag sets, so that an id of each request costs one small map. */
    void setMetadata(String name, @Nullable String value) {
        Map<String, String> changed = new LinkedHashMap<>(metadata);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        metadata = Map.copyOf(changed);
    }

    /** The tags of a sample without tags of its own, in the current group. */
    Map<String, String> plain() {
        return kinds().plain;
    }

    /** The tags of samples about an iteration as a whole. */
    Map<String, String> topLevel() {
        return byGroup.computeIfAbsent("", this::newKinds).plain;
    }

    Map<String, String> check(String name, Map<String, String> own) {
        if (!own.isEmpty() || !systemTags.contains("check")) {
            Map<String, String> tags = new LinkedHashMap<>(plain());
            putSystem(tags, "check", name);
            tags.putAll(own);
            return Map.copyOf(tags);
        }
        return kinds().checks.computeIfAbsent(name, key -> {
            Map<String, String> tags = new LinkedHashMap<>(plain());
            tags.put("check", key);
            return Map.copyOf(tags);
        });
    }

    Map<String, String> with(Map<String, String> own) {
        if (own.isEmpty()) {
            return plain();
        }
        return cached(own, () -> {
            Map<String, String> tags = new LinkedHashMap<>(plain());
            tags.putAll(own);
            return tags;
        });
    }

    /** @param name the name of the request; null for its url. A name hides the url, as in k6. */
    Map<String, String> request(Hop hop, @Nullable String name, Map<String, String> own) {
        HopKind kind = new HopKind(
                hop.method(),
                hop.url(),
                name,
                hop.status(),
                hop.proto(),
                hop.error(),
                hop.errorCode(),
                hop.expected(),
                systemTags.contains("ip") ? hop.remoteIp() : null,
                own);
        return cached(kind, () -> {
            Map<String, String> tags = new LinkedHashMap<>(plain());
            tags.putAll(own);
            String shown = UrlCredentials.masked(name != null ? name : vuTags.getOrDefault("name", hop.url()));
            putSystem(tags, "name", shown);
            putSystem(tags, "url", shown);
            putSystem(tags, "method", hop.method());
            putSystem(tags, "status", Integer.toString(hop.status()));
            putSystem(tags, "proto", hop.proto());
            putSystem(tags, "error", hop.error());
            putSystem(tags, "error_code", hop.errorCode() == 0 ? null : Integer.toString(hop.errorCode()));
            putSystem(
                    tags,
                    "expected_response",
                    hop.expected() == null ? null : hop.expected().toString());
            putSystem(tags, "tls_version", hop.tlsVersion());
            putSystem(tags, "ip", hop.remoteIp());
            return tags;
        });
    }

    private Map<String, String> cached(Object kind, Supplier<Map<String, String>> build) {
        Map<Object, Map<String, String>> others = kinds().others;
        Map<String, String> known = others.get(kind);
        if (known == null) {
            if (others.size() >= CACHED_KINDS) {
                others.clear();
            }
            known = Map.copyOf(build.get());
            others.put(kind, known);
        }
        return known;
    }

    private Kinds kinds() {
        if (current == null) {
            current = byGroup.computeIfAbsent(group, this::newKinds);
        }
        return current;
    }

    private Kinds newKinds(String path) {
        Map<String, String> tags = new LinkedHashMap<>(runTags);
        tags.putAll(scenarioTags);
        putSystem(tags, "scenario", scenario);
        tags.putAll(vuTags);
        putSystem(tags, "group", path);
        return new Kinds(Map.copyOf(tags));
    }

    private void putSystem(Map<String, String> tags, String name, @Nullable String value) {
        if (value != null && systemTags.contains(name)) {
            tags.put(name, value);
        }
    }

    private void forget() {
        byGroup.clear();
        current = null;
    }
}
