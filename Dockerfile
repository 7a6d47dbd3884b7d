# Two images from one build: --target bookstore-api (the default) and --target llm-simulator.
FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
# The libraries stay in the engine's cache, so that a change of the sources downloads none of them again.
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -q -DskipTests -pl bookstore-api,llm-simulator -am package

# curl is part of the image; the health checks need it.
FROM eclipse-temurin:17.0.15_6-jre-jammy AS runtime
RUN useradd --system --uid 10001 --home-dir /app bookstore && install -d -o bookstore /app/data
WORKDIR /app
USER bookstore
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"

FROM runtime AS llm-simulator
ENV JAVA_TOOL_OPTIONS="-Xmx640m -XX:+ExitOnOutOfMemoryError"
COPY --from=build /src/llm-simulator/target/lib lib/
COPY --from=build /src/llm-simulator/target/llm-simulator.jar ./
EXPOSE 7005
HEALTHCHECK --interval=5s --timeout=2s --start-period=20s CMD ["curl", "-fsS", "-o", "/dev/null", "http://localhost:7005/health"]
ENTRYPOINT ["java", "-jar", "llm-simulator.jar"]

FROM runtime AS bookstore-api
COPY --from=build /src/bookstore-api/target/lib lib/
COPY --from=build /src/bookstore-api/target/bookstore-api.jar ./
# The API listens on loopback unless told otherwise; in a container that would be nobody.
ENV MICRONAUT_SERVER_HOST=0.0.0.0 BOOKSTORE_DATA_DIR=/app/data
EXPOSE 7002
HEALTHCHECK --interval=5s --timeout=2s --start-period=40s CMD ["curl", "-fsS", "-o", "/dev/null", "http://localhost:7002/health/readiness"]
ENTRYPOINT ["java", "-jar", "bookstore-api.jar"]
