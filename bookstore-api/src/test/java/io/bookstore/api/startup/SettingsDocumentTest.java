package io.bookstore.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.llm.provider.ConfiguredProvider;
import io.bookstore.api.llm.provider.ProviderKind;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/settings.md}, whose table is made of the settings themselves, and the providers in the README; {@code
 * -Dsettings.publish=true} writes both.
 */
class SettingsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs", "settings.md");
    private static final Path README = Path.of("README.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(<!-- settings -->).*?(<!-- /settings -->)");
    private static final Pattern PROVIDERS = Pattern.compile("(<!-- providers -->).*?(<!-- /providers -->)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):`?(.*?)`?}");

    private final Map<String, String> configured = configured();

    @Test
    void tableIsThatOfTheSettings() throws IOException {
        check(DOCUMENT, TABLE, "\n" + table() + "\n");
    }

    @Test
    void readmeNamesTheVariableThatTurnsEachProviderOn() throws IOException {
        List<String> variables = ConfiguredProvider.all().stream()
                .sorted(Comparator.comparing(
                        (ConfiguredProvider provider) -> provider.kind().needsKey() ? 0 : 1))
                .map(provider -> "`" + provider.switchedOnBy() + "`")
                .toList();

        check(README, PROVIDERS, String.join(", ", variables));
    }

    @Test
    void everyProviderThatNeedsNoKeySaysWhenItIsOn() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(ConfiguredProvider.all())
                .filteredOn(provider -> !provider.kind().needsKey())
                .allSatisfy(provider -> assertThat(document)
                        .containsPattern("\\| `" + provider.name() + "` \\| [^|]*`" + provider.switchedOnBy()
                                + "=[^`]+` is set"));
    }

    @Test
    void pictureOfThePartsHasEveryProvider() throws IOException {
        String page = Files.readString(Path.of("..", "README.md")).toLowerCase(Locale.ROOT);

        assertThat(ProviderKind.values())
                .allSatisfy(kind -> assertThat(page)
                        .contains(ConfiguredProvider.textOf(kind).split("-")[0] + " |"));
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

    /** Compares a part of a document that is made of the code, or writes it. */
    private static void check(Path document, Pattern part, String wanted) throws IOException {
        String text = Files.readString(document);
        assertThat(text).containsPattern(part);
        String expected = part.matcher(text)
                .replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + wanted + found.group(2)));
        if (Boolean.getBoolean("settings.publish")) {
            Files.writeString(document, expected);
            return;
        }

        assertThat(text).isEqualTo(expected);
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
                setting.meaning().replaceAll("\\{@code\\s+([^}]*)}", "`$1`").replaceAll("\\s+", " ")
                        + constants(setting),
                // A bar ends the cell of a table, in code too.
                value.isEmpty() ? "" : "`" + value.replace("|", "\\|") + "`");
    }

    /** The values that a setting of an enum can have; nothing for any other. */
    private static String constants(Setting setting) {
        if (!setting.type().isEnum()) {
            return "";
        }
        List<String> values = Stream.of(setting.type().getEnumConstants())
                .map(constant ->
                        "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                .toList();
        int last = values.size() - 1;
        return ": " + String.join(", ", values.subList(0, last)) + " or " + values.get(last);
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
