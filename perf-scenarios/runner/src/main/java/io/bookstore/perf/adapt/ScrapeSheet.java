package io.bookstore.perf.adapt;

/** The configuration of Prometheus that scrapes a service. */
final class ScrapeSheet {

    private ScrapeSheet() {}

    static String adapt(String source, ObservedService service) {
        YamlText yaml = new YamlText(source);
        yaml.change(yaml.at("scrape_configs.0.job_name"), ours -> service.value());
        yaml.change(yaml.at("scrape_configs.0.metrics_path"), ours -> service.path());
        if ("https".equals(service.address().getScheme())) {
            yaml.insertAfter(yaml.at("scrape_configs.0.metrics_path"), "\n    scheme: https");
        }
        yaml.change(yaml.at("scrape_configs.0.static_configs.0.targets.0"), ours -> service.target());
        if (!service.label().equals("job")) {
            yaml.insertAfter(
                    yaml.at("scrape_configs.0.static_configs.0.targets"),
                    "\n        labels: { " + service.label() + ": " + YamlText.quoted(service.value()) + " }");
        }
        return yaml.edited();
    }
}
