package io.bookstore.perf.junit;

import java.net.URI;

/** A test class that knows its service, most often because it starts one on a free port. */
@FunctionalInterface
public interface ServiceUnderLoad {

    /** The address of the service; asked for after {@code @BeforeEach}, and given to the script as {@code BASE_URL}. */
    URI baseUrl();
}
