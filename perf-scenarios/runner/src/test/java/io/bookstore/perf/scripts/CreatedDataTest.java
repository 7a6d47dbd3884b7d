package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.HelpdeskService;
import io.bookstore.testing.Checkout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that change data act on what the run has created, and on nothing else. */
class CreatedDataTest {

    private static final String HELPDESK = """
            name: helpdesk
            baseUrl: http://localhost:9
            paid: false
            health: { method: GET, path: /healthz }
            items: { values: [{ title: Moby-Dick, ticketId: 4711 }] }
            operations:
              create: { method: POST, path: /api/tickets, expect: 201 }
              get: { method: GET, path: "/api/tickets/{createdId}" }
              update: { method: PUT, path: "/api/tickets/{createdId}" }
              delete: { method: DELETE, path: "/api/tickets/{createdId}", expect: 204 }
            roles:
              cleaner: { delete: 1 }
            """;

    @RegisterExtension
    static final HelpdeskService helpdesk = HelpdeskService.start();

    @TempDir
    private Path folder;

    @Test
    void roleThatOnlyDeletesCreatesFirst() throws Exception {
        RunResult result = run(HelpdeskRuns.acting(20), HELPDESK);

        List<String> asked = helpdesk.requests();
        assertThat(asked).hasSize(20).containsOnly("POST /api/tickets", "DELETE /api/tickets/t-9");
        assertThat(asked.subList(0, 4))
                .containsExactly(
                        "POST /api/tickets", "DELETE /api/tickets/t-9", "POST /api/tickets", "DELETE /api/tickets/t-9");
        assertThat(result.crossed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"createdId", "bookId"})
    void idOfWhatWasCreatedHasTwoNamesForEachOperation(String name) throws Exception {
        run(HelpdeskRuns.acting(20), HELPDESK.replace("createdId", name).replace("delete: 1 }", "update: 1, get: 1 }"));

        assertThat(helpdesk.requests())
                .startsWith("POST /api/tickets")
                .contains("PUT /api/tickets/t-9", "GET /api/tickets/t-9")
                .containsOnlyOnce("POST /api/tickets");
    }

    @Test
    void createWithoutAnIdIsAnErrorWhereTheIdIsNeeded() throws Exception {
        helpdesk.serve("/notes", "text/plain", "written");

        RunResult result = run(
                HelpdeskRuns.acting(20),
                HELPDESK.replace("POST, path: /api/tickets, expect: 201", "POST, path: /notes"));

        assertThat(helpdesk.requests()).isEmpty();
        assertThat(result.crossed()).isNotEmpty();
    }

    @Test
    void verifyRepeatsAChangeOfWhatItHasCreated() throws Exception {
        String script = """
                import { setup as verify } from '%s/tools/verify.js';
                export const setup = () => void verify();
                export default function () {}
                """.formatted(Checkout.scripts());

        run(
                script,
                HELPDESK.replace("createdId", "bookId")
                        .replace("ticketId", "bookId")
                        .replace("method: PUT,", "method: PUT, idempotency: Idempotency-Key,"));

        assertThat(helpdesk.requests())
                .containsExactly("POST /api/tickets", "PUT /api/tickets/t-9", "PUT /api/tickets/t-9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenarios/mixed-workload.js", "tests/books.js", "tools/probe.js", "tools/verify.js"})
    void deleteOfOtherDataIsRefusedByEachScriptBeforeItsFirstRequest(String script) throws Exception {
        String problem = refusal(
                script,
                HELPDESK.replace(
                        "DELETE, path: \"/api/tickets/{createdId}", "DELETE, path: \"/api/tickets/{ticketId}"));

        assertThat(problem)
                .contains("line 10: operations.delete would delete what the run has not created:"
                        + " write {createdId}, the id of what it has, in path, headers or body.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PUT, path: "/api/tickets/{createdId}" | PUT, path: "/api/tickets/{ticketId}" | line 9: operations.update would update what the run has not created
            GET, path: "/api/tickets/{createdId}" | GET, path: "/api/tickets/{number}"   | line 8: the operation get uses {number}, which it does not get: an item has title, ticketId; correct the name, or give it to the items.
            path: /api/tickets, expect: 201       | path: "/api/tickets/{createdId}"     | line 7: the operation create uses {createdId}, which it does not get
            cleaner: { delete: 1 }                | cleaner: { delete: 1, delete: 2 }    | line 12: its YAML cannot be read (duplicated mapping key): correct that line.
            """)
    void mistakeIsNamedByItsLine(String sound, String mistaken, String sentence) throws Exception {
        assertThat(refusal("scenarios/mixed-workload.js", HELPDESK.replace(sound, mistaken)))
                .contains(sentence);
    }

    @Test
    void valueThatNobodyGivesIsRefusedInARolesOwnOperation() throws Exception {
        String descriptor = HELPDESK.replace("{ delete: 1 }", "{ escalate: 1 }")
                .replace(
                        "roles:",
                        "  escalate: { method: POST, path: /api/tickets, body: { of: \"{unknownValue}\" } }\nroles:");

        assertThat(refusal("scenarios/mixed-workload.js", descriptor))
                .contains("line 11: the operation escalate uses {unknownValue}, which it does not get");
    }

    @Test
    void withoutItemsTheValueIsRefusedBeforeTheLoad() throws Exception {
        String descriptor = HELPDESK.replaceFirst("items: .*\n", "")
                .replace("GET, path: \"/api/tickets/{createdId}", "GET, path: \"/api/tickets/{title}");
        String script = """
                import { prepare } from '%s/prepare.js';
                export const setup = () => prepare();
                export default function () {}
                """.formatted(Checkout.scripts().resolve("lib"));

        RunResult result = run(script, descriptor);

        assertThat(result.verdict().exitCode()).isNotZero();
        assertThat(helpdesk.requests()).isEmpty();
    }

    @Test
    void requestThatCannotBeMadeIsAnError() throws Exception {
        String descriptor = HELPDESK.replace(
                        "GET, path: \"/api/tickets/{createdId}", "GET, path: \"/api/tickets/{title}")
                .replace("delete: 1 }", "get: 1 }");

        RunResult result = run(HelpdeskRuns.acting(20).replace("items()[0]", "{}"), descriptor);

        assertThat(helpdesk.requests()).isEmpty();
        assertThat(result.crossed()).isNotEmpty();
        assertThat(result.verdict().exitCode()).isEqualTo(99);
    }

    private RunResult run(String script, String descriptor) throws Exception {
        return HelpdeskRuns.of(script, descriptor, helpdesk, folder);
    }

    private String refusal(String script, String descriptor) throws Exception {
        return HelpdeskRuns.refusal(script, descriptor, folder);
    }
}
