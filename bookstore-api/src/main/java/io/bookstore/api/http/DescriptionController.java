package io.bookstore.api.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** The address that people try first. */
@Hidden
@Secured(SecurityRule.IS_ANONYMOUS)
@Controller("/swagger")
class DescriptionController {

    @Get
    HttpResponse<?> show() {
        return HttpResponse.temporaryRedirect(URI.create("/swagger-ui/index.html"));
    }
}
