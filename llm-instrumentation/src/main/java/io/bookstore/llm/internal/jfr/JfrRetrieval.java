package io.bookstore.llm.internal.jfr;

import io.bookstore.llm.operation.RetrievalRequest;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A retrieval under way. */
@Name("io.bookstore.llm.Retrieval")
@Label("LLM Retrieval")
@Description("Search for what a model should know")
final class JfrRetrieval extends JfrOperation {

    @Label("Data Source")
    @Description("Id of the place that is searched, if it has one")
    @Nullable
    String dataSource;

    JfrRetrieval(RetrievalRequest request) {
        dataSource = cut(request.dataSource());
    }
}
