package io.bookstore.perf.adapt;

import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.scenario.Scenario;
import java.util.stream.Collectors;

/** The Makefile of a service: its scenarios, and what else {@code llm-perf} does with it. */
final class Commands {

    private static final String HEAD = """
            # Commands for %1$s, written by llm-perf adapt. LLM_PERF and TARGET may be given on the command line.
            HERE     := $(patsubst %%/,%%,$(dir $(lastword $(MAKEFILE_LIST))))
            LLM_PERF ?= %2$s
            TARGET   ?= %3$s
            ADAPT    := $(LLM_PERF) adapt --target $(TARGET)%4$s -o $(HERE)

            .PHONY: help perf-doctor perf-verify adapt check%5$s

            help: ## list the targets
            \t@grep -hE '^[a-z0-9-]+:.*## ' $(HERE)/Makefile | awk -F ':.*## ' '{printf "  %%-26s %%s\\n", $$1, $$2}'

            perf-doctor: ## what is here, which engine would run, does the service answer
            \tTARGET=$(TARGET) $(LLM_PERF) doctor

            perf-verify: ## what would spoil a load test of the service
            \t$(LLM_PERF) verify --target $(TARGET)

            adapt: ## write these files anew, and show what changes
            \t$(ADAPT)

            check: ## do these files say what the descriptor says, and does Prometheus take them
            \t$(ADAPT) --check
            \tpromtool check config $(HERE)/prometheus/prometheus.yml
            """;

    private Commands() {}

    /** Writes the Makefile; it names the address only where that is another than the descriptor's. */
    static String of(ObservedService service, OwnScenarios scenarios, Places places, TargetDescriptor descriptor) {
        String address = service.address().toString();
        return HEAD.formatted(
                        service.name(),
                        places.program(),
                        places.descriptor(descriptor.forScripts()),
                        address.equals(descriptor.baseUrl()) ? "" : " --base-url " + address,
                        scenarios.possible().stream()
                                .map(scenario -> " perf-" + scenario.name())
                                .collect(Collectors.joining()))
                + scenarios.possible().stream().map(Commands::target).collect(Collectors.joining());
    }

    private static String target(Scenario scenario) {
        return "\nperf-%s: ## %s, %s. %s\n\tTARGET=$(TARGET) $(LLM_PERF) run %s\n"
                .formatted(
                        scenario.name(),
                        scenario.load().length(),
                        scenario.load().text(),
                        scenario.description(),
                        scenario.name());
    }
}
