package io.bookstore.perf.slo;

import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.run.SavedRequests;
import io.bookstore.perf.slo.Goodput.OfClass;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.perf.testing.SimulatedBookStore;
import io.bookstore.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goodput and money of a run of the embedded engine, in all files that it leaves. */
class GoodputRunTest {

    @TempDir
    Path folder;

    @Test
    void arrivalsThatFindNoUserAreScheduledAndBad() throws Exception {
        // given one user for 20 arrivals a second, each of which keeps it for 400 ms
        String script = """
                import { sleep } from 'k6';
                import exec from 'k6/execution';
                import { summarize } from '%s';
                export const meta = { slo: { llm: { e2e: '20s' } } };
                export const options = {
                  scenarios: { open: { executor: 'constant-arrival-rate', rate: 20, duration: '1s', preAllocatedVUs: 1, maxVUs: 1 } },
                  thresholds: { dropped_iterations: ['count>=0'] },
                };
                export default function () {
                  summarize({ bookId: '1', title: 'Emma', author: 'Jane' }, { requestId: `r${exec.scenario.iterationInTest}` });
                  sleep(0.4);
                }
                """.formatted(Checkout.scripts().resolve("lib/llm.js"));
        try (SimulatedBookStore service = SimulatedBookStore.ofProvider()) {
            // when
            RunResult result = EmbeddedRun.of(script, service.baseUrl(), folder, Clock.systemUTC(), false);

            // then
            long sent = result.llmRequests();
            long dropped =
                    Math.round(result.count(MetricNames.DROPPED_ITERATIONS).orElseThrow());
            Goodput goodput = Objects.requireNonNull(result.goodput());
            OfClass llm = goodput.of(Kind.LLM).orElseThrow();
            assertThat(dropped).isPositive();
            assertThat(goodput.scheduled()).isEqualTo(sent + dropped);
            assertThat(goodput.good()).isEqualTo(sent);
            assertThat(llm.dropped()).isEqualTo(dropped);
            assertThat(llm.dimensions()).extracting(Goodput.Attainment::limit).containsExactly(20_000.0, null);
            assertThat(llm.binding()).isEqualTo(Dimension.ERROR);

            Money money = Objects.requireNonNull(result.money());
            assertThat(money.usd()).isPositive();
            assertThat(money.scheduled()).isEqualTo(sent + dropped);
            assertThat(money.retries()).isEqualTo(new Money.Waste(0, 0L, 0L, 0.0));
            assertThat(money.models()).isNotEmpty();

            // by another limit, from the files alone
            byte[] summary = Files.readAllBytes(folder.resolve("summary.json"));
            Rejudged same = SavedRequests.judge(folder, result, Slo.NONE);
            Rejudged stricter = SavedRequests.judge(folder, result, SloText.parse("--slo", "llm.e2e=1us"));
            assertThat(same.goodput()).isEqualTo(goodput);
            assertThat(same.money()).isEqualTo(money);
            assertThat(stricter.goodput().scheduled()).isEqualTo(goodput.scheduled());
            assertThat(stricter.goodput().good()).isZero();
            assertThat(stricter.goodput().of(Kind.LLM).orElseThrow().dimensions())
                    .element(0)
                    .satisfies(endToEnd -> assertThat(endToEnd.missed()).isEqualTo(sent));
            assertThat(folder.resolve("summary.json")).hasBinaryContent(summary);

            RunResult written = SummaryFile.read(folder.resolve("summary.json"));
            assertThat(written.goodput()).isEqualTo(goodput);
            assertThat(written.money()).isEqualTo(money);
            assertThat(folder.resolve("report.html"))
                    .content()
                    .satisfies(inOrder(
                            "<a href=\"#goodput\">Goodput</a>",
                            "<a href=\"#money\">Money</a>",
                            "<h2 id=\"goodput\">Goodput</h2>",
                            "No steady window, so the whole run is judged",
                            "<h2 id=\"money\">Money</h2>",
                            "Cost of 1,000 good requests"));
        }
    }
}
