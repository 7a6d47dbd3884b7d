package io.bookstore.api.startup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting of the service, as its configuration metadata describe it.
 *
 * <p>Micronaut writes the metadata of all configuration records when they are compiled; the file {@code
 * additional-spring-configuration-metadata.json} adds what is read elsewhere.
 *
 * @param key the key, with {@code *} in place of a name that the user chooses
 * @param type the type that a value must convert to
 * @param meaning the purpose and the range of the value, in one sentence
 * @param defaultValue null if there is none
 */
record Setting(
        String key, Class<?> type, String meaning, @Nullable String defaultValue) {

    private static final String GENERATED = "META-INF/spring-configuration-metadata.json";
    private static final String ADDITIONAL = "META-INF/additional-spring-configuration-metadata.json";
    private static final Map<String, Class<?>> PRIMITIVES =
            Map.of("boolean", Boolean.class, "double", Double.class, "int", Integer.class, "long", Long.class);

    /** Reads the metadata of this service. */
    static List<Setting> readAll() {
        List<Setting> generated = new ArrayList<>(read(GENERATED));
        // The order of the records is that in which they were compiled.
        generated.sort(Comparator.comparing(Setting::group));
        return Stream.concat(read(ADDITIONAL).stream(), generated.stream()).toList();
    }

    private String group() {
        return key.substring(0, key.lastIndexOf('.'));
    }

    private static Setting of(JsonNode property) {
        return new Setting(
                property.get("name").asText(),
                type(property.get("type").asText()),
                property.path("description").asText(),
                property.path("defaultValue").asText(null));
    }

    private static Class<?> type(String name) {
        try {
            return PRIMITIVES.containsKey(name) ? PRIMITIVES.get(name) : Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The type of a setting is not on the class path", e);
        }
    }

    /** Reads a file beside the classes of this service: the libraries have files of the same name. */
    private static List<Setting> read(String file) {
        String own = Setting.class.getName().replace('.', '/') + ".class";
        String address = String.valueOf(Setting.class.getResource("/" + own)).replace(own, file);
        List<Setting> settings = new ArrayList<>();
        try (InputStream in = URI.create(address).toURL().openStream()) {
            new ObjectMapper().readTree(in).get("properties").forEach(property -> settings.add(of(property)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
