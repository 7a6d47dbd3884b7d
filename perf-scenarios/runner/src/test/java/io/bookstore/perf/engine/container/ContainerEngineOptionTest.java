package io.bookstore.perf.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of the container engine that need no Docker. */
class ContainerEngineOptionTest {

    @Test
    void imageOlderThanOneIsRefused() {
        EngineOption old = ContainerEngineOption.fromEnvironment(Map.of("K6_IMAGE", "grafana/k6:0.49.0"));

        assertThat(old.availability())
                .isEqualTo(new EngineOption.Availability(
                        false, "K6_IMAGE grafana/k6:0.49.0 is older than k6 1.0.0, take grafana/k6:2.3.0"));
        assertThatThrownBy(() -> EngineChoice.choose("container", "K6_ENGINE", List.of(old)))
                .hasMessage(
                        "The container engine does not work here: K6_IMAGE grafana/k6:0.49.0 is older than k6 1.0.0,"
                                + " take grafana/k6:2.3.0.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"grafana/k6:1.8.1", "grafana/k6:latest", "mirror:5000/grafana/k6", "mirror:5000/grafana/k6:2.2.0"
            })
    void imageOfOneOrLaterOrOfNoKnownVersionIsTaken(String image) {
        assertThat(ContainerEngineOption.fromEnvironment(Map.of("K6_IMAGE", image))
                        .availability()
                        .reason())
                .doesNotContain("older than");
    }

    @Test
    void dockerEngineWithoutItsDefaultNetworkIsNoContainerAndAutoGoesOn() {
        // given what Testcontainers throws beside a dockerd --bridge none
        EngineOption bridgeless =
                new ContainerEngineOption("grafana/k6:1.7.1", Map.of("DOCKER_HOST", "unix:///nowhere"), () -> {
                    throw new NotFoundException("{\"message\":\"network bridge not found\"}\n");
                });

        // when
        EngineChoice choice = EngineChoice.choose("auto", "K6_ENGINE", List.of(bridgeless, new EmbeddedEngineOption()));

        // then
        assertThat(choice.engine().name()).isEqualTo("embedded");
        assertThat(bridgeless.availability())
                .isEqualTo(new EngineOption.Availability(
                        false,
                        "the Docker engine cannot be used: Status 404: {\"message\":\"network bridge not found\"}"));
    }
}
