package io.bookstore.llm.internal.metrics;

import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.internal.call.AttemptResult;
import io.bookstore.llm.internal.call.CallListener;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.internal.call.Step;
import io.bookstore.llm.internal.call.StepSnapshot;
import io.bookstore.llm.internal.conventions.Generation;
import io.bookstore.llm.internal.conventions.IfKnown;
import io.bookstore.llm.internal.metrics.SeriesSet.Variant;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns calls and tools into numbers, once, for every backend. */
public final class CallMetrics implements CallListener {

    // Each label is capped, but not their combinations: those beyond this cost time for building labels, not memory.
    private static final int MAX_KEPT = 2_000;

    private static final List<AttributeKey<?>> MODEL_KEYS =
            List.of(GenAiAttributes.PROVIDER_NAME, GenAiAttributes.REQUEST_MODEL);

    private final List<MetricsRecorder> recorders;
    private final Failures failures;
    private final CallLabels.Keys keys;
    private final DistinctValues<String> operations;
    private final DistinctValues<String> providers;
    private final DistinctValues<String> models;
    private final DistinctValues<String> answeringModels;
    private final DistinctValues<String> servers;
    private final DistinctValues<Integer> ports;
    private final DistinctValues<String> limits;
    private final DistinctValues<String> tools;
    private final List<DistinctValues<String>> extraValues;
    private final Set<GenAiMetric> written = EnumSet.noneOf(GenAiMetric.class);
    private final Map<Model, SeriesSet> byModel = new ConcurrentHashMap<>();
    private final Map<CallLabels, CallSeries> byCall = new ConcurrentHashMap<>();

    public CallMetrics(
            List<MetricsRecorder> recorders,
            Failures failures,
            List<Generation> generations,
            List<AttributeKey<String>> extraKeys,
            int maxValues) {
        this.recorders = recorders;
        this.failures = failures;
        this.keys = new CallLabels.Keys(generations, extraKeys);
        this.operations = DistinctValues.names(maxValues);
        this.providers = DistinctValues.names(maxValues);
        this.models = DistinctValues.names(maxValues);
        this.answeringModels = DistinctValues.names(maxValues);
        this.servers = DistinctValues.names(maxValues);
        this.ports = new DistinctValues<>(maxValues, null);
        this.limits = DistinctValues.names(maxValues);
        this.tools = DistinctValues.names(maxValues);
        this.extraValues =
                extraKeys.stream().map(key -> DistinctValues.names(maxValues)).toList();
        generations.forEach(generation -> written.addAll(generation.metrics()));
    }

    @Override
    public Context started(CallStart call, Context context) {
        if (!recorders.isEmpty()) {
            model(call.request()).record(GenAiMetric.REQUESTS_ACTIVE, 1);
        }
        return context;
    }

    @Override
    public void ended(CallSnapshot call) {
        if (recorders.isEmpty()) {
            return;
        }
        try (Scope ignored = call.context().makeCurrent()) {
            SeriesSet model = model(call.request());
            model.record(GenAiMetric.REQUESTS_ACTIVE, -1);
            recordCall(series(call), call);
            recordSpending(model, call);
        }
    }

    private void recordSpending(SeriesSet model, CallSnapshot call) {
        model.record(GenAiMetric.TOKENS, Variant.INPUT, call.usage().input());
        model.record(GenAiMetric.TOKENS, Variant.OUTPUT, call.usage().output());
        Cost cost = call.cost();
        if (cost != null) {
            model.record(GenAiMetric.COST_USD, cost.usd().doubleValue());
        }
        boolean unpriced = cost == null && call.outcome().errorType() == null;
        if (unpriced || (call.tokensAreMissing() && call.reportedCostUsd() == null)) {
            model.record(GenAiMetric.COST_UNKNOWN, 1);
        }
    }

    private void recordCall(CallSeries series, CallSnapshot call) {
        if (written.contains(GenAiMetric.OPERATION_DURATION)) {
            series.recordOperation(call);
        }
        if (written.contains(GenAiMetric.TIME_TO_FIRST_CHUNK)) {
            series.recordChunks(call, GenAiMetric.TIME_TO_FIRST_CHUNK, GenAiMetric.TIME_PER_OUTPUT_CHUNK);
        }
        if (written.contains(GenAiMetric.EMBEDDINGS_DURATION) && call.start().embeddings()) {
            series.recordEmbeddings(call);
        }
        if (written.contains(GenAiMetric.INFERENCE_DURATION) && !call.start().embeddings()) {
            series.recordInference(call);
        }
    }

    @Override
    public void attemptEnded(CallStart call, Context context, AttemptResult attempt) {
        ErrorType error = attempt.error();
        AttributesBuilder labels = attributes(limited(call.request())).toBuilder()
                .put(GenAiAttributes.METRIC_OUTCOME, error == null ? "success" : "failure");
        if (error != null) {
            labels.put(GenAiAttributes.ERROR_TYPE, error.wireName());
        }
        recordOnce(
                GenAiMetric.ATTEMPTS,
                List.of(
                        GenAiAttributes.PROVIDER_NAME,
                        GenAiAttributes.REQUEST_MODEL,
                        GenAiAttributes.METRIC_OUTCOME,
                        GenAiAttributes.ERROR_TYPE),
                labels.build(),
                1);
    }

    @Override
    public void limitTold(CallStart call, String kind, long remaining) {
        recordOnce(
                GenAiMetric.RATELIMIT_REMAINING,
                List.of(GenAiAttributes.PROVIDER_NAME, GenAiAttributes.METRIC_KIND),
                Attributes.of(
                        GenAiAttributes.PROVIDER_NAME,
                        name(providers, call.request().provider()),
                        GenAiAttributes.METRIC_KIND,
                        name(limits, kind)),
                remaining);
    }

    @Override
    public void stepEnded(StepSnapshot ended) {
        if (written.contains(GenAiMetric.EXECUTE_TOOL_DURATION) && ended.start().step() instanceof Step.Tool tool) {
            recordTool(tool.request(), ended);
        }
    }

    private void recordTool(ToolRequest tool, StepSnapshot ended) {
        AttributesBuilder labels = Attributes.builder().put(GenAiAttributes.TOOL_NAME, name(tools, tool.name()));
        IfKnown.put(labels, GenAiAttributes.ERROR_TYPE, ended.end().errorLabel());
        try (Scope ignored = ended.context().makeCurrent()) {
            recordOnce(
                    GenAiMetric.EXECUTE_TOOL_DURATION,
                    List.of(GenAiAttributes.TOOL_NAME, GenAiAttributes.ERROR_TYPE),
                    labels.build(),
                    ended.seconds());
        }
    }

    private void recordOnce(GenAiMetric metric, List<AttributeKey<?>> metricKeys, Attributes labels, double value) {
        new SeriesSet(recorders, failures, labels, metricKeys).record(metric, value);
    }

    private SeriesSet model(InferenceRequest request) {
        return kept(byModel, limited(request), key -> new SeriesSet(recorders, failures, attributes(key), MODEL_KEYS));
    }

    private Model limited(InferenceRequest request) {
        return new Model(name(providers, request.provider()), models.limited(request.model()));
    }

    private static String name(DistinctValues<String> values, String value) {
        return Objects.requireNonNull(values.limited(value), "label");
    }

    private CallSeries series(CallSnapshot call) {
        InferenceRequest request = call.request();
        CallLabels labels = new CallLabels(
                name(operations, request.operation()),
                name(providers, request.provider()),
                models.limited(request.model()),
                answeringModels.limited(call.responseModel()),
                servers.limited(request.serverAddress()),
                ports.limited(request.serverPort()),
                call.outcome().errorType(),
                extra(call));
        return kept(byCall, labels, this::callSeries);
    }

    private CallSeries callSeries(CallLabels labels) {
        Attributes plain = labels.attributes(keys, false);
        // Chunk times have no error type by the conventions, but keep the label where every series needs the same ones.
        return new CallSeries(
                new SeriesSet(recorders, failures, plain, keys.call()),
                new SeriesSet(recorders, failures, plain, keys.callWithError()),
                new SeriesSet(recorders, failures, labels.attributes(keys, true), keys.callWithError()));
    }

    private List<@Nullable String> extra(CallSnapshot call) {
        if (extraValues.isEmpty()) {
            return List.of();
        }
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < extraValues.size(); i++) {
            values.add(extraValues
                    .get(i)
                    .limited(CallLabels.extra(call.start(), keys.extra().get(i))));
        }
        return values;
    }

    private static Attributes attributes(Model model) {
        return model.requested() == null
                ? Attributes.of(GenAiAttributes.PROVIDER_NAME, model.provider())
                : Attributes.of(
                        GenAiAttributes.PROVIDER_NAME,
                        model.provider(),
                        GenAiAttributes.REQUEST_MODEL,
                        model.requested());
    }

    private static <K, V> V kept(Map<K, V> map, K key, Function<K, V> make) {
        V found = map.get(key);
        if (found != null) {
            return found;
        }
        return map.size() < MAX_KEPT ? map.computeIfAbsent(key, make) : make.apply(key);
    }

    private record Model(String provider, @Nullable String requested) {}
}
