package io.bookstore.perf.report;

import static io.bookstore.perf.report.RenderedReport.recorded;
import static io.bookstore.perf.report.RenderedReport.render;
import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.UsageTotals;
import io.bookstore.perf.results.UsageTotals.Total;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section of a report that compares the counts and tokens of engine, service and simulator. */
class CrossCheckSectionTest {

    @TempDir
    private Path folder;

    @Test
    void attemptsOfAFailingProviderAreNoDisagreement() throws IOException {
        long requests = recorded.llmRequests();

        String html = render(recorded.with(new CrossCheck(requests, requests, requests + 9, null, null)), folder);

        assertThat(html)
                .contains("engine and service agree; the simulator counts attempts")
                .doesNotContain("did not count the same number");
    }

    @Test
    void serviceThatCountsOtherwiseIsADisagreement() throws IOException {
        long requests = recorded.llmRequests();

        String html = render(recorded.with(new CrossCheck(requests, requests - 1, requests, null, null)), folder);

        assertThat(html).contains("did not count the same number", "; they do not agree.");
    }

    @Test
    void tokensOfEachPartyStandBesideEachOther() throws IOException {
        long requests = recorded.llmRequests();
        Total journalled = new Total(57, 257);

        String html = render(
                recorded.with(new CrossCheck(
                        requests, requests, requests, null, null, null, new UsageTotals(journalled, null, null))),
                folder);

        assertThat(html)
                .contains("; their tokens or cost do not agree.")
                .satisfies(inOrder("Answers", "2,565", "Simulator's journal", "57", "257"));
    }

    @Test
    void whatTheServiceDoesNotTellIsNotSaidToBeNoneAndNothingIsAddedOnTheWayInLessThanNoTime() throws IOException {
        long requests = recorded.llmRequests();

        String html = render(recorded.with(new CrossCheck(requests, requests, requests, 900.0, 245.0)), folder);

        assertThat(html)
                .contains("<dt>From the cache</dt><dd>not told</dd>", "<dt>Retries</dt><dd>not told</dd>")
                .doesNotContain("not used", "Added on the way");
    }
}
