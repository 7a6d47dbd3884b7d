package io.bookstore.api.http.precondition;

import io.bookstore.api.http.problem.ProblemAnswers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The header {@code If-None-Match} of a read, for the description of the API. */
@Operation(
        parameters =
                @Parameter(
                        name = "If-None-Match",
                        in = ParameterIn.HEADER,
                        description = "The versions that the client knows",
                        schema = @Schema(type = "string", pattern = ProblemAnswers.ETAGS)))
@Retention(RetentionPolicy.RUNTIME)
public @interface ConditionalRead {}
