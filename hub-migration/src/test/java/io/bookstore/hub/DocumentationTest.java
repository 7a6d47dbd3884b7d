package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the pages: links lead somewhere, make commands exist, and defaults and versions are the real ones. */
class DocumentationTest {

    private static final Path root = Path.of("..");
    private static final Pattern link = Pattern.compile("]\\((?!https?:|#)([^)#]+)");
    private static final Pattern makeCommand = Pattern.compile("(?:^ {4}|`)make ([a-z][a-z0-9-]+)", Pattern.MULTILINE);
    private static final Pattern makeTarget = Pattern.compile("^([a-z][a-z0-9-]*):.* ## ", Pattern.MULTILINE);

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of("target", "node_modules", "reports", "vendor")
                            .noneMatch(folder -> file.toString().contains("/" + folder + "/")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        assertThat(found(link, page, match -> match.group(1)))
                .allSatisfy(target -> assertThat(page.resolveSibling(target))
                        .as("link in %s", page)
                        .exists());
    }

    /** The zip has that folder as its docs/, so a link out of it leads nowhere there. */
    @Test
    void pagesOfTheKitLinkToPagesOfTheKitAlone() throws IOException {
        Path docs = root.resolve("perf-scenarios/docs");
        Set<String> left = leftOutOfTheKit();

        List<Path> kept = docsOfTheKit();

        assertThat(kept).contains(docs.resolve("console.md"), docs.resolve("plan.md"));
        assertThat(kept)
                .allSatisfy(page -> assertThat(found(link, page, match -> match.group(1)))
                        .as("links in %s", page)
                        .noneMatch(target -> target.startsWith("../") || left.contains(target)));
    }

    /** The zip has kit.mk in place of the Makefile. */
    @Test
    void pagesOfTheKitNameCommandsOfItsMakefileAlone() throws IOException {
        Set<String> targets = found(makeTarget, root.resolve("hub-migration/src/kit/kit.mk"), match -> match.group(1));
        List<Path> kept = new ArrayList<>(docsOfTheKit());
        pages().stream()
                .filter(page -> Stream.of(
                                "hub-migration/src/kit/",
                                "dashboards/",
                                "llm-instrumentation/",
                                "llm-instrumentation-spring-boot/",
                                "llm-instrumentation-micronaut/")
                        .anyMatch(folder -> root.relativize(page).toString().startsWith(folder)))
                .forEach(kept::add);

        assertThat(targets).contains("perf-ai-smoke", "perf-doctor");
        assertThat(kept)
                .hasSizeGreaterThan(30)
                .allSatisfy(page -> assertThat(targets)
                        .as("make commands of %s", page)
                        .containsAll(found(makeCommand, page, match -> match.group(1))));
    }

    private static List<Path> docsOfTheKit() throws IOException {
        Path docs = root.resolve("perf-scenarios/docs");
        Set<String> left = leftOutOfTheKit();
        return pages().stream()
                .filter(page -> docs.equals(page.getParent()))
                .filter(page -> !left.contains(page.getFileName().toString()))
                .toList();
    }

    private static Set<String> leftOutOfTheKit() throws IOException {
        return found(
                Pattern.compile("<exclude>([\\w-]+\\.md)</exclude>"),
                root.resolve("hub-migration/src/assembly/kit.xml"),
                match -> match.group(1));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyMakeCommandIsATarget(Path page) throws IOException {
        Set<String> targets = found(makeTarget, root.resolve("Makefile"), match -> match.group(1));

        assertThat(targets).containsAll(found(makeCommand, page, match -> match.group(1)));
    }

    @Test
    void everyModuleHasAPage() {
        assertThat(Stream.of(
                        "llm-instrumentation",
                        "llm-instrumentation-spring-boot",
                        "llm-instrumentation-micronaut",
                        "llm-instrumentation-agent",
                        "llm-simulator",
                        "bookstore-api",
                        "perf-scenarios",
                        "perf-scenarios/metrics",
                        "perf-scenarios/k6-engine",
                        "perf-scenarios/console",
                        "perf-scenarios/genai",
                        "dashboards",
                        "hub-migration"))
                .allSatisfy(module ->
                        assertThat(root.resolve(module + "/README.md")).isNotEmptyFile());
    }

    @Test
    void seedOfTheFirstPageIsTheOneThatTheServiceTakes() throws IOException {
        assertThat(root.resolve("bookstore-api/src/main/resources/application.yml"))
                .content()
                .contains("${SIMULATOR_SEED:1}");
        assertThat(root.resolve("README.md"))
                .content()
                .contains(
                        "| `SIMULATOR_PROFILE`, `SIMULATOR_SEED` | how the simulated provider behaves | `sonnet-class`, 1;");
    }

    @Test
    void rangesOfTheGuideAreThoseThatTheLibraryIsTestedWith() throws IOException {
        // given
        Path library = root.resolve("llm-instrumentation/pom.xml");
        List<String> openTelemetry = versions("(?:oldest|newest)\\.opentelemetry\\.version>", library);
        List<String> langChain4j = versions("langchain4j-core</artifactId>\\s*<version>", library);
        String built =
                versions("langchain4j\\.version>", root.resolve("pom.xml")).get(0);

        // then
        assertThat(langChain4j).hasSize(5);
        assertThat(List.of(root.resolve("hub-migration/src/kit/MIGRATION.md"), library.resolveSibling("README.md")))
                .allSatisfy(page -> assertThat(page)
                        .content()
                        .contains(
                                openTelemetry.get(0) + " to " + openTelemetry.get(1),
                                built + " to " + langChain4j.get(4) + ", chat models from " + langChain4j.get(1)
                                        + ", AI services from " + langChain4j.get(2)));
    }

    /** Returns the versions after a text, without their last part, in the order of the file. */
    private static List<String> versions(String before, Path file) throws IOException {
        return Pattern.compile(before + "(\\d+\\.\\d+)\\.\\d+<")
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Set<String> found(Pattern pattern, Path file, Function<MatchResult, String> part)
            throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(part)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
