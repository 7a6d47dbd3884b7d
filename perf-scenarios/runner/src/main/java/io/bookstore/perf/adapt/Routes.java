package io.bookstore.perf.adapt;

/** Patterns of routes in the regular expressions of Prometheus, which has RE2's. */
final class Routes {

    private Routes() {}

    /** A pattern of the path of an operation, whatever the service calls the parts in braces. */
    static String ofPath(String path) {
        StringBuilder pattern = new StringBuilder();
        for (String part : path.replaceFirst("\\?.*", "").split("(?<=})|(?=\\{)")) {
            pattern.append(part.startsWith("{") ? "[^/]+" : exactly(part));
        }
        return pattern.toString();
    }

    /** A pattern of a health path and those beside it, such as that of liveness beside that of readiness. */
    static String ofHealth(String path) {
        return ofPath(path.replaceFirst("(/[^/]*health[^/]*)/.*", "$1")) + "(/.*)?";
    }

    /** A pattern of the text alone, without backslashes: Grafana doubles those of its variables. */
    static String exactly(String text) {
        return text.replaceAll("[.+*?()|\\[\\]{}$]", "[$0]").replaceAll("[\\\\^\"]", ".");
    }
}
