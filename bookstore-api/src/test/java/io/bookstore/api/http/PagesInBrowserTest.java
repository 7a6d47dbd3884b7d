package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import io.bookstore.testing.Chromium;
import io.bookstore.testing.SharedBrowser;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of the service in a browser; skipped where there is no Chromium or Chrome on the path. */
@ExtendWith(SharedStore.class)
@ExtendWith(SharedBrowser.class)
class PagesInBrowserTest {

    private final Chromium browser;

    PagesInBrowserTest(Chromium browser) {
        this.browser = browser;
    }

    @ParameterizedTest
    @CsvSource({"1200, false", "400, true"})
    void startPageIsFreeOfFindings(int width, boolean dark, RunningStore store) throws Exception {
        browser.look(width, 800, dark);
        browser.open(store.uri("/").toString());

        assertThat(browser.accessibilityFindings()).isEmpty();
        assertThat(isWiderThanTheWindow()).isFalse();
        assertThat(browser.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1200, false", "400, true"})
    void openOperationOfTheDescriptionHasEnoughContrastAndNames(int width, boolean dark, RunningStore store)
            throws Exception {
        browser.look(width, 800, dark);
        browser.open("about:blank");
        browser.open(store.uri("/swagger-ui/index.html").toString());
        browser.await("document.querySelectorAll('.opblock-post').length > 3 && document.querySelector('#servers')");
        browser.evaluate("document.querySelector('.opblock-post .opblock-summary-control').click()");
        browser.await("document.querySelector('.responses-table')");

        // Swagger UI leaves out a level of headings once a part is open.
        assertThat(browser.accessibilityFindings())
                .filteredOn(finding -> !finding.startsWith("heading-order"))
                .isEmpty();
        assertThat(isWiderThanTheWindow()).isFalse();
        assertThat(browser.errors()).isEmpty();
    }

    private boolean isWiderThanTheWindow() throws Exception {
        return browser.evaluate("document.documentElement.scrollWidth > innerWidth")
                .asBoolean();
    }
}
