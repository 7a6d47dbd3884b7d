package io.bookstore.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md}, whose table is made of the settings themselves; {@code -Dsettings.publish=true} writes it. */
class SettingsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs", "settings.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(<!-- settings -->\n).*?(\n<!-- /settings -->)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):`?(.*?)`?}");

    private final Map<String, String> configured = configured();

    @Test
    void tableIsThatOfTheSettings() throws IOException {
        String document = Files.readString(DOCUMENT);
        String expected = TABLE.matcher(document)
                .replaceFirst(table -> Matcher.quoteReplacement(table.group(1) + table() + table.group(2)));
        if (Boolean.getBoolean("settings.publish")) {
            Files.writeString(DOCUMENT, expected);
            return;
        }

        assertThat(document).isEqualTo(expected);
    }

    @Test
    void defaultsOfTheFileAreThoseOfTheCode() {
        assertThat(Setting.readAll())
                .filteredOn(setting -> setting.defaultValue() != null && configured.containsKey(setting.key()))
                .allSatisfy(setting ->
                        assertThat(fileDefault(setting.key())).as(setting.key()).isEqualTo(setting.defaultValue()));
    }

    @Test
    void everySettingSaysWhatItMeans() {
        assertThat(Setting.readAll())
                .allSatisfy(setting ->
                        assertThat(setting.meaning()).as(setting.key()).isNotBlank());
    }

    private String table() {
        return "| Key | Environment variable | Meaning and range | Default |\n|---|---|---|---|\n"
                + Setting.readAll().stream().map(this::row).collect(Collectors.joining("\n"));
    }

    private String row(Setting setting) {
        String value = setting.defaultValue() == null ? "" : setting.defaultValue();
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s |",
                setting.key(),
                variables(setting.key()),
                setting.meaning().replaceAll("\\{@code\\s+([^}]*)}", "`$1`").replaceAll("\\s+", " "),
                // A bar ends the cell of a table, in code too.
                value.isEmpty() ? "" : "`" + value.replace("|", "\\|") + "`");
    }

    /** The variables that {@code application.yml} names, else the one that the framework makes of the key. */
    private String variables(String key) {
        Pattern keys = Pattern.compile(key.replace(".", "\\.").replace("*", "[a-z]+"));
        String named = configured.entrySet().stream()
                .filter(entry -> keys.matcher(entry.getKey()).matches())
                .map(entry -> VARIABLE.matcher(entry.getValue()))
                .filter(Matcher::matches)
                .map(variable -> "`" + variable.group(1) + "`")
                .collect(Collectors.joining(", "));
        return named.isEmpty()
                ? "`" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_").replace("*", "<NAME>") + "`"
                : named;
    }

    private String fileDefault(String key) {
        String value = Objects.requireNonNull(configured.get(key));
        Matcher variable = VARIABLE.matcher(value);
        return variable.matches() ? variable.group(2) : value;
    }

    private static Map<String, String> configured() {
        Map<String, String> values = new TreeMap<>();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.yml"))) {
            new YamlPropertySourceLoader()
                    .read("application", file)
                    .forEach((key, value) -> values.put(key, String.valueOf(value)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return values;
    }
}
