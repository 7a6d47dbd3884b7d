package io.bookstore.api.http.problem;

import static io.bookstore.api.http.problem.ProblemResponses.MEDIA_TYPE;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The errors a route may answer with, for the description of the API: these any route, those within some routes. */
@ApiResponse(
        responseCode = "400",
        description = "The request breaks a rule; the fields are named",
        content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
        responseCode = "414",
        description = "The address is too long",
        content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
        responseCode = "431",
        description = "The headers are too large",
        content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
        responseCode = "500",
        description = "The service failed",
        content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Retention(RetentionPolicy.RUNTIME)
public @interface ProblemAnswers {

    /** Entity tags separated by commas, or {@code *}: the pattern of {@code If-Match} and {@code If-None-Match}. */
    String ETAGS = "^\\s*(\\*|(W/)?\"[!#-~]*\"(\\s*,\\s*(W/)?\"[!#-~]*\")*)\\s*$";

    /** The route answers with a body of one media type. */
    @ApiResponse(
            responseCode = "406",
            description = "None of the accepted media types is served",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfJson {}

    /** The route asks who calls it, and counts. */
    @ApiResponse(
            responseCode = "401",
            description = "No key, or one that is not known",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "403",
            description = "The role of the key does not reach",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "429",
            description =
                    "This client, or this service at the provider, asks too often; Retry-After says when to ask again",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfGuard {}

    /** The route needs the database. */
    @ApiResponse(
            responseCode = "503",
            description = "MongoDB or the provider cannot be used now; Retry-After says when to ask again",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfDatabase {}

    /** There may be no such resource. */
    @ApiResponse(
            responseCode = "404",
            description = "There is no such resource",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfResource {}

    /** The route takes a body. */
    @ApiResponse(
            responseCode = "413",
            description = "The body is too large",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "415",
            description = "The body has another media type",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfBody {}

    /** The route takes an {@code Idempotency-Key}. */
    @ApiResponse(
            responseCode = "409",
            description = "The first request with that key is under way",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "422",
            description = "The key belongs to another body",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Operation(
            parameters =
                    @Parameter(
                            name = "Idempotency-Key",
                            in = ParameterIn.HEADER,
                            description = "The same key and body get the first answer again",
                            schema =
                                    @Schema(
                                            type = "string",
                                            minLength = 1,
                                            maxLength = 257,
                                            pattern = "^(\"[ !#-~]{1,255}\"|[!#-~]{1,255})$")))
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfCreation {}

    /** The route changes what is there. */
    @ApiResponse(
            responseCode = "412",
            description = "It is not at that version",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "428",
            description = "The version must be named, and was not",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Operation(
            parameters =
                    @Parameter(
                            name = "If-Match",
                            in = ParameterIn.HEADER,
                            description = "The versions upon which the write may be made, or *",
                            schema = @Schema(type = "string", pattern = ETAGS)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfWrite {}

    /** The route asks a provider. */
    @ApiResponse(
            responseCode = "402",
            description = "The budget for LLM calls is used up",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "502",
            description = "The provider gave no usable answer",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "504",
            description = "The answer did not come in time",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfProvider {}
}
