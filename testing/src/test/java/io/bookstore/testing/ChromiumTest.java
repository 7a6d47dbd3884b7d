package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {

    @TempDir
    Path folder;

    @Test
    void accessibilityFindingsNameTheRuleThePlaceAndTheRemedyInBothColourSchemes() throws IOException {
        Path page = Files.writeString(folder.resolve("page.html"), """
                <!doctype html><html lang="en"><head><title>Sums</title>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <style>@media (prefers-color-scheme: dark) { p { color: #888; background: #999 } }</style></head>
                <body><main><h1>Sums</h1><p>1 + 1</p><input id="sum"></main></body></html>""");

        try (Chromium browser = Chromium.orSkip(folder)) {
            browser.open(page);
            assertThat(browser.accessibilityFindings())
                    .containsExactly("label at #sum: Form elements must have labels");

            browser.look(400, 800, true);
            assertThat(browser.accessibilityFindings())
                    .containsExactlyInAnyOrder(
                            "color-contrast at p: Elements must meet minimum color contrast ratio thresholds",
                            "label at #sum: Form elements must have labels");
            assertThat(browser.errors()).isEmpty();
        }
    }
}
