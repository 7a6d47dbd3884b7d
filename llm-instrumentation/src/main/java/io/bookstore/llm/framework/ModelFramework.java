package io.bookstore.llm.framework;

import io.bookstore.llm.GenAiTelemetry;
import java.util.List;

/** The model interfaces of a framework for LLMs, and the wrappers that measure their calls. */
public interface ModelFramework {

    boolean isModel(Object bean);

    /** Returns whether objects of this class measure their calls already. */
    boolean isWrapper(Class<?> type);

    /** Returns a wrapper for each model interface that the bean has. */
    List<ModelWrapper> wrappers(Object bean, GenAiTelemetry telemetry);
}
