package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.operation.InferenceRequest;

/**
 * A request of an SDK in the library's terms. Fields are read by their raw accessors: the plain ones throw where a server has
 * left out what the provider always sends.
 *
 * @param <A> the whole answer
 * @param <P> a piece of a streamed answer
 */
public interface SdkRequest<A, P> {

    /** The operation by the conventions' name. */
    String operation();

    InferenceRequest.Builder read(String provider);

    Content input();

    Answer answer(A whole);

    Content output(A whole);

    /** @param withContent whether the answer's content will be asked for */
    Pieces<P> pieces(boolean withContent);
}
