package io.bookstore.perf.adapt;

import java.util.Set;

/** The runbook of a service, with the sections of the alerts that it has. */
final class RunbookSheet {

    private static final String SECTION = "\n## ";

    private RunbookSheet() {}

    static String adapt(String source, ObservedService service, Set<String> alerts) {
        String[] sections = source.split(SECTION);
        StringBuilder text = new StringBuilder(head(sections[0], service));
        for (int i = 1; i < sections.length; i++) {
            if (alerts.contains(sections[i].lines().findFirst().orElseThrow())) {
                text.append(SECTION).append(sections[i].replace("/health/liveness", service.healthPath()));
            }
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static String head(String text, ObservedService service) {
        String renamed = text.replaceFirst("# Runbook", "# Runbook of " + service.name());
        for (String own : DashboardSheet.OWN) {
            renamed = renamed.replace(own, DashboardSheet.idFor(own, service));
        }
        return renamed;
    }
}
