package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.bookstore.api.proof.ApiDescription.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every status of every route that the OpenAPI document describes, with its headers, from the packaged service: a test
 * for each, which fails by its name if the service does not give what is described.
 */
class ContractIT {

    /** Statuses that no request may get; the routes of errors on demand have no 200 either, and say so. */
    private static final Map<String, String> UNREACHABLE =
            Map.of("500", "what gets it is a defect; row B41 looks for one");

    @TempDir
    private static Path directory;

    private static Contract contract;

    private final Set<Integer> seen = new TreeSet<>();

    @BeforeAll
    static void start() throws IOException {
        contract = new Contract(directory);
    }

    @AfterAll
    static void stop() {
        contract.close();
    }

    @TestFactory
    Stream<DynamicNode> everyAnswerThatIsDescribedIsGiven() {
        List<Operation> operations = contract.operations();
        List<Operation> creations = operations.stream()
                .filter(operation -> operation.declares(422) && operation.takesBody())
                .toList();
        List<Operation> needingADatabase = operations.stream()
                .filter(operation -> operation.statuses().contains("503")
                        && !operation.path().contains("generate-summary"))
                .toList();
        return Stream.of(
                dynamicContainer("Answers", operations.stream().flatMap(this::answers)),
                dynamicContainer("Creations under a key", creations.stream().map(this::replay)),
                dynamicContainer(
                        "Methods that no route takes", distinctPaths(operations).map(this::unknownMethod)),
                dynamicTest("State of the service at a port of its own", ContractIT::assertTwoPorts),
                dynamicTest("Pages about the routes for everybody", ContractIT::assertPages),
                dynamicTest("A path in another case", this::assertPathInAnotherCase),
                dynamicTest("Heads of another HTTP", this::assertOtherHeads),
                dynamicTest("Variants and the quality of each", ContractIT::assertVariants),
                dynamicTest(
                        "A connection that is reset",
                        () -> assertThat(contract.abort()).hasRootCauseInstanceOf(IOException.class)),
                dynamicTest("The database goes and comes", () -> contract.askWithoutADatabase(needingADatabase)),
                dynamicContainer(
                        "Answers without a database", needingADatabase.stream().map(this::withoutDatabase)),
                dynamicTest(
                        "Every error was a problem document",
                        () -> assertThat(contract.badErrors()).isEmpty()),
                dynamicTest("Every status that the pages promise was given", this::assertPagesOfStatuses));
    }

    private Stream<DynamicTest> answers(Operation operation) {
        boolean asksAProvider = operation.path().contains("generate-summary");
        return new TreeSet<>(operation.statuses())
                .stream()
                        .filter(status -> !UNREACHABLE.containsKey(status))
                        .filter(status ->
                                !(status.equals("200") && operation.path().contains("/ErrorTest/")))
                        .filter(status -> asksAProvider || !status.equals("503"))
                        .map(status -> dynamicTest(name(operation) + " " + status, () -> {
                            for (Answer answer : contract.provoke(operation, status)) {
                                assertGiven(operation, status, answer);
                            }
                        }));
    }

    private DynamicTest withoutDatabase(Operation operation) {
        return dynamicTest(name(operation) + " 503", () -> {
            assertGiven(operation, "503", contract.withoutDatabase(operation));
        });
    }

    private void assertGiven(Operation operation, String status, Answer answer) {
        if (!status.endsWith("XX")) {
            assertThat(answer.status()).as(answer::toString).isEqualTo(Integer.parseInt(status));
        }
        seen.add(answer.status());
        assertThat(operation.declares(answer.status())).as(answer::toString).isTrue();
        assertHeaders(operation, answer);
    }

    private DynamicTest replay(Operation operation) {
        return dynamicTest(name(operation), () -> {
            List<Answer> answers = contract.createTwice(operation);

            assertThat(answers.get(0).header("idempotency-replayed")).isEmpty();
            assertThat(answers.get(1).header("idempotency-replayed")).hasValue("true");
            assertThat(answers.get(1).body()).isEqualTo(answers.get(0).body());
            assertThat(answers.get(1).header("location"))
                    .isEqualTo(answers.get(0).header("location"));
        });
    }

    private DynamicTest unknownMethod(Operation operation) {
        return dynamicTest(operation.path(), () -> {
            Answer answer = contract.unknownMethod(operation).assertStatus(405);
            seen.add(405);
            assertThat(answer.header("allow").orElse("")).contains(operation.method());
        });
    }

    /** The headers that the pages and the standards ask of an answer. */
    private static void assertHeaders(Operation operation, Answer answer) {
        Set<String> expected = new LinkedHashSet<>(
                List.of("x-content-type-options", "referrer-policy", "content-security-policy", "cache-control"));
        int status = answer.status();
        boolean limited = operation.declares(429);
        if (limited
                && (status < 400 || List.of(401, 403, 429).contains(status))
                && !operation.path().contains("ErrorTest")) {
            expected.addAll(List.of("ratelimit", "ratelimit-policy"));
        }
        boolean hasVersion =
                operation.path().endsWith("Id}") && !operation.method().equals("DELETE");
        if (status == 304 || status == 201 || status == 200 && hasVersion) {
            expected.add("etag");
        }
        if (status == 201) {
            expected.add("location");
        }
        if (status == 401) {
            expected.add("www-authenticate");
        }
        if (status == 405) {
            expected.add("allow");
        }
        boolean mayComeBack = status == 429 || status == 409 && operation.declares(422);
        if (mayComeBack && !operation.path().contains("ErrorTest")) {
            expected.add("retry-after");
        }
        if (status == 200 && operation.path().endsWith("/generate-summary")) {
            expected.addAll(List.of("server-timing", "x-llm-active-requests"));
        }
        assertThat(answer.headers().keySet()).as(answer::toString).containsAll(expected);
    }

    private void assertPagesOfStatuses() throws IOException {
        String promises =
                Files.readString(Path.of("docs", "http.md")) + Files.readString(Path.of("docs", "failures.md"));
        Set<Integer> promised = Pattern.compile("(?<![\\d,.])(?:[235]0|4\\d)\\d(?![\\d,])")
                .matcher(promises)
                .results()
                .map(MatchResult::group)
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(promised).contains(201, 400, 405, 428, 504);
        assertThat(seen).containsAll(promised);
    }

    private static void assertTwoPorts() {
        for (String path : List.of("/health", "/health/liveness", "/health/readiness", "/metrics")) {
            assertThat(contract.atBothPorts(path))
                    .as(path)
                    .extracting(Answer::status)
                    .containsExactly(404, 200);
        }
        assertThat(contract.atBothPorts("/api/v1/Books"))
                .extracting(Answer::status)
                .containsExactly(200, 404);
    }

    private static void assertPages() {
        Answer address = contract.anonymously("/swagger");
        assertThat(address.status()).isEqualTo(307);
        assertThat(address.header("location")).hasValue("/swagger-ui/index.html");
        Answer page = contract.anonymously("/swagger-ui/index.html").assertStatus(200);
        assertThat(page.header("content-type").orElse("")).startsWith("text/html");
        assertThat(page.header("content-security-policy").orElse("")).contains("script-src 'self'");
    }

    private void assertPathInAnotherCase() {
        Answer answer = contract.anonymously("/API/v1/books?page=2");
        seen.add(answer.status());
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("location")).hasValue("/api/v1/Books?page=2");
    }

    private void assertOtherHeads() throws IOException {
        for (String head : List.of(
                "GET /api/v1/Books HTTP/2.5\nHost: bookstore\n",
                "POST /api/v1/Books HTTP/1.1\nHost: bookstore\nTransfer-Encoding: brotli\n")) {
            Answer answer = contract.onTheWire(head);
            seen.add(answer.status());
            assertThat(answer.status()).as(head).isIn(501, 505);
            answer.assertProblem();
        }
    }

    private static void assertVariants() {
        assertThat(variantOf(contract.summary("variant=warm"))).isEqualTo("warm");
        assertThat(contract.lastPrompt()).containsPattern("\"temperature\" *: *0.9");
        assertThat(variantOf(contract.summary("refresh=true", "X-Variant", "warm")))
                .isEqualTo("warm");
        assertThat(variantOf(contract.summary("refresh=true"))).isEqualTo("control");
        Answer unknown = contract.summary("variant=loud").assertStatus(400);
        assertThat(unknown.json().at("/errors/0/field").asText()).isEqualTo("variant");
        for (String check : List.of("length", "finish", "language", "forbidden", "markup")) {
            assertThat(contract.metric("llm_summary_checks_total", "variant=\"warm\"", "check=\"" + check + "\""))
                    .as(check)
                    .isEqualTo(2);
        }
    }

    private static String variantOf(Answer summary) {
        return summary.assertStatus(200).json().path("variant").asText();
    }

    private static Stream<Operation> distinctPaths(List<Operation> operations) {
        Set<String> paths = new TreeSet<>();
        return operations.stream().filter(operation -> paths.add(operation.path()));
    }

    private static String name(Operation operation) {
        return operation.method() + " " + operation.path();
    }
}
