package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.record.Parts;
import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request among the slowest, as the report shows it. */
public record SlowRequest(RequestRecord request, Instant runStart, double longestMs) {

    /** The time of a request that no source explains. */
    private static final String UNKNOWN = "unknown";

    private static final String BEFORE = "before";
    private static final String FAILED = "failed";

    /** @param part the name of a part, {@code unknown}, or what a bar of attempts has beside */
    public record Segment(String part, double widthPercent) {

        public String style() {
            return String.format(Locale.ROOT, "width:%.2f%%", widthPercent);
        }
    }

    /** The name of a part within a sentence, and of its colour. */
    public static String name(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /** The name of a part above a column. */
    public static String heading(Part part) {
        return part.name().charAt(0) + name(part).substring(1);
    }

    /** The way a part comes about, as docs/records.md defines it. */
    public static String formula(Part part) {
        return switch (part) {
            case NETWORK -> "end to end less the time within the service";
            case QUEUE -> "waiting in the service for a permit";
            case APPLICATION -> "time within the service less all other parts";
            case BACKOFF -> "pauses between attempts at the provider";
            case PROVIDER -> "attempts at the provider";
        };
    }

    public String atSecond() {
        Duration since = Duration.between(runStart, request.start());
        return "at " + Quantity.duration(since.isNegative() ? Duration.ZERO : since);
    }

    /** The place of this request on the page, for a link to it. */
    public String anchor() {
        return "request-" + request.traceId();
    }

    public String ids() {
        return "trace " + request.traceId() + (request.requestId() == null ? "" : ", request " + request.requestId());
    }

    public String status() {
        Integer status = request.result().status();
        return status == null ? "no answer" : status.toString();
    }

    public boolean good() {
        return request.result().outcome() == RequestRecord.Outcome.OK;
    }

    public String endToEnd() {
        return Quantity.milliseconds(request.timing().endToEndMs());
    }

    public String part(Part part) {
        return Quantity.milliseconds(part.of(request.parts()));
    }

    /** The bar: the parts one after the other, as wide as their share of the longest request; a negative one has no width. */
    public List<Segment> segments() {
        Parts parts = request.parts();
        List<Segment> segments = new ArrayList<>();
        double left = request.timing().endToEndMs();
        for (Part part : Part.values()) {
            Double millis = part.of(parts);
            double width = millis == null ? 0 : Math.min(left, millis);
            if (width > 0) {
                segments.add(new Segment(name(part), 100 * width / longestMs));
                left -= width;
            }
        }
        if (!parts.complete() && left > 0) {
            segments.add(new Segment(UNKNOWN, 100 * left / longestMs));
        }
        return segments;
    }

    /**
     * The bar of attempts: each where it began, and the waits between them. Empty for a request without a retry, and if a source
     * does not tell when each attempt was under way.
     */
    public List<Segment> attemptBar() {
        List<Attempt> attempts = request.attempts();
        List<Segment> segments = new ArrayList<>();
        double at = 0;
        for (Attempt attempt : attempts) {
            Double start = attempt.startMs();
            Double took = attempt.durationMs();
            if (attempts.size() < 2 || start == null || took == null) {
                return List.of();
            }
            double begin = within(at, start);
            double end = within(begin, start + took);
            add(segments, segments.isEmpty() ? BEFORE : name(Part.BACKOFF), begin - at);
            add(segments, failed(attempt) ? FAILED : name(Part.PROVIDER), end - begin);
            at = end;
        }
        return segments;
    }

    /** Clocks of two machines may tell of an attempt outside of its request. */
    private double within(double from, double millis) {
        return Math.max(from, Math.min(millis, request.timing().endToEndMs()));
    }

    private void add(List<Segment> segments, String part, double millis) {
        if (millis > 0) {
            segments.add(new Segment(part, 100 * millis / longestMs));
        }
    }

    private static boolean failed(Attempt attempt) {
        Integer status = attempt.status();
        return attempt.error() != null || status == null || status >= 400;
    }

    /** The attempts in words, if there was more than one. */
    public List<String> attempts() {
        List<Attempt> attempts = request.attempts();
        List<String> lines = new ArrayList<>();
        for (int i = 0; attempts.size() > 1 && i < attempts.size(); i++) {
            lines.add("attempt %d: %s".formatted(i + 1, words(attempts.get(i))));
        }
        return lines;
    }

    private static String words(Attempt attempt) {
        Integer status = attempt.status();
        StringBuilder words = new StringBuilder(status == null ? "no status" : "status " + status);
        if (attempt.error() != null) {
            words.append(" (").append(attempt.error()).append(")");
        }
        if (attempt.durationMs() != null) {
            words.append(" in ").append(Quantity.milliseconds(attempt.durationMs()));
        }
        if (attempt.startMs() != null) {
            words.append(", begun at ").append(Quantity.milliseconds(attempt.startMs()));
        }
        if (attempt.waitMs() != null) {
            words.append(", after ")
                    .append(Quantity.milliseconds(attempt.waitMs()))
                    .append(" of backoff");
        }
        return words.toString();
    }

    /** The note under a request whose sources contradict each other; empty if they agree. */
    public String disagreement() {
        Double millis = request.parts().disagreeMs();
        return millis == null || millis < 1
                ? ""
                : "Its sources contradict each other by " + Quantity.milliseconds(millis) + ".";
    }
}
