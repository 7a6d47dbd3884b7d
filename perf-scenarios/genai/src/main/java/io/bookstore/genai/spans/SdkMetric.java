package io.bookstore.genai.spans;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.ExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * A metric of an export in the SDK's form, with what the checker looks at: kind, unit, buckets, labels and times, but no values. The SDK
 * has no public builder for it.
 */
record SdkMetric(String getName, String getUnit, MetricDataType getType, Data<?> getData) implements MetricData {

    private static final AggregationTemporality ANY = AggregationTemporality.CUMULATIVE;

    static SdkMetric of(Metric metric) {
        return switch (metric.getDataCase()) {
            case HISTOGRAM ->
                of(
                        metric,
                        MetricDataType.HISTOGRAM,
                        new Histogram(metric.getHistogram().getDataPointsList().stream()
                                .map(SdkMetric::point)
                                .toList()));
            case EXPONENTIAL_HISTOGRAM ->
                of(
                        metric,
                        MetricDataType.EXPONENTIAL_HISTOGRAM,
                        new Points(
                                false,
                                metric.getExponentialHistogram().getDataPointsList().stream()
                                        .map(point -> point(point.getTimeUnixNano(), point.getAttributesList()))
                                        .toList()));
            case SUM ->
                of(
                        metric,
                        MetricDataType.LONG_SUM,
                        new Points(
                                metric.getSum().getIsMonotonic(),
                                points(metric.getSum().getDataPointsList())));
            case SUMMARY ->
                of(
                        metric,
                        MetricDataType.SUMMARY,
                        new Points(
                                false,
                                metric.getSummary().getDataPointsList().stream()
                                        .map(point -> point(point.getTimeUnixNano(), point.getAttributesList()))
                                        .toList()));
            case GAUGE, DATA_NOT_SET ->
                of(
                        metric,
                        MetricDataType.LONG_GAUGE,
                        new Points(false, points(metric.getGauge().getDataPointsList())));
        };
    }

    @Override
    public String getDescription() {
        return "";
    }

    @Override
    public Resource getResource() {
        return Resource.empty();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return InstrumentationScopeInfo.empty();
    }

    private static SdkMetric of(Metric metric, MetricDataType type, Data<?> data) {
        return new SdkMetric(metric.getName(), metric.getUnit(), type, data);
    }

    private static HistogramPointData point(HistogramDataPoint point) {
        List<Double> bounds = point.getExplicitBoundsList();
        return HistogramPointData.create(
                0,
                point.getTimeUnixNano(),
                SdkAttributes.of(point.getAttributesList()),
                0,
                false,
                0,
                false,
                0,
                bounds,
                Collections.nCopies(bounds.size() + 1, 0L));
    }

    private static Collection<PointData> points(List<NumberDataPoint> points) {
        return points.stream()
                .map(point -> point(point.getTimeUnixNano(), point.getAttributesList()))
                .toList();
    }

    private static PointData point(long nanos, List<KeyValue> labels) {
        return new Point(nanos, SdkAttributes.of(labels));
    }

    private record Histogram(Collection<HistogramPointData> getPoints) implements HistogramData {

        @Override
        public AggregationTemporality getAggregationTemporality() {
            return ANY;
        }
    }

    /** Points of any other kind: of these the checker asks no more than of a sum's. */
    private record Points(boolean isMonotonic, Collection<PointData> getPoints) implements SumData<PointData> {

        @Override
        public AggregationTemporality getAggregationTemporality() {
            return ANY;
        }
    }

    private record Point(long getEpochNanos, Attributes getAttributes) implements PointData {

        @Override
        public long getStartEpochNanos() {
            return 0;
        }

        @Override
        public List<? extends ExemplarData> getExemplars() {
            return List.of();
        }
    }
}
