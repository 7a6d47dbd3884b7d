package io.bookstore.api.summary;

import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.llm.LlmProviders;
import io.bookstore.api.llm.ProviderStatus;
import io.bookstore.api.security.Role;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Tells which providers can be asked for a summary now, and why the others cannot. */
@Tag(name = "Summaries")
@ProblemAnswers
@ProblemAnswers.OfJson
@ProblemAnswers.OfGuard
@Secured(Role.READS)
@Controller("/api/v1/Books/llm-providers")
class ProvidersController {

    private final LlmProviders providers;

    ProvidersController(LlmProviders providers) {
        this.providers = providers;
    }

    /** Lists the providers: those that can be asked now, and the reason for each of the others. */
    @ApiResponse(
            responseCode = "200",
            description = "The providers",
            content = @Content(schema = @Schema(implementation = ProvidersAnswer.class)))
    @Get
    ProvidersAnswer listProviders() {
        List<ProviderStatus> statuses = providers.statuses();
        List<String> available = statuses.stream()
                .filter(ProviderStatus::available)
                .map(ProviderStatus::name)
                .toList();
        return new ProvidersAnswer(available, providers.defaultName(), statuses);
    }

    /** @param availableProviders the names of those that can be used now */
    @Introspected
    record ProvidersAnswer(List<String> availableProviders, String defaultProvider, List<ProviderStatus> providers) {}
}
