# Thin entry points: each target calls Maven, a built program or compose. `make help` lists them all.
# A variable given on the command line reaches the program: make perf-ai-smoke DURATION_SCALE=0.1 BASE_URL=http://localhost:7002

PERF  := ./llm-perf
# What the service needs for a thousand summaries at a time; bookstore-api/README.md, "Speed".
API_JVM := -XX:+UseSerialGC -Xmx320m -Xmn64m
# The classes of the service as the JVM has them in memory: half the processor time of a start. The first run after a build writes it at its end.
API_CLASSES := target/bookstore-api.jsa
BUILT := target/built
INPUT := $(shell find pom.xml */pom.xml */*/pom.xml */src/main */*/src/main -type f 2>/dev/null)

BENCHES := llm-simulator llm-instrumentation bookstore-api perf-scenarios hub-migration

.DEFAULT_GOAL := help
.PHONY: help build run run-aspire stop health-check health-wait seed-data verify bench format \
	perf-ai-smoke perf-ai-load perf-ai-stress perf-ai-spike perf-ai-all perf-mixed perf-mixed-heavy \
	perf-crud perf-errors perf-chaos perf-soak perf-breakpoint perf-sweep perf-report check-scripts

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-18s %s\n", $$1, $$2}'

$(BUILT): $(INPUT)
	@echo "building every module, silently; the first time takes some minutes"
	@mvn -B -ntp -q -DskipTests package && mkdir -p target && rm -f $(API_CLASSES) && touch $@

build: $(BUILT) ## build every module, without tests

run: $(BUILT) ## start the API with its stand-ins in the foreground; Ctrl-C ends it
	@echo "starting the API on port $${MICRONAUT_SERVER_PORT:-7002}; Ctrl-C ends it"
	@trap : INT; java $(API_JVM) -Xlog:cds*=off -XX:$(if $(wildcard $(API_CLASSES)),SharedArchiveFile,ArchiveClassesAtExit)=$(API_CLASSES) -jar bookstore-api/target/bookstore-api.jar || [ $$? -eq 130 ]

run-aspire: ## start API, MongoDB, Redis, Prometheus, Grafana, Tempo and Aspire Dashboard in Docker
	docker compose up --build --detach --wait

stop: ## stop what run-aspire started
	docker compose down

health-check: $(BUILT) ## is the service at BASE_URL ready (default http://localhost:7002)
	$(PERF) health

health-wait: $(BUILT) ## wait up to two minutes until it is
	$(PERF) health --wait 120

seed-data: $(BUILT) ## insert the sample books
	$(PERF) seed

verify: ## build and pass every test
	mvn -B -ntp verify

bench: ## measure speed and memory of every module; MODULE=llm-simulator for one
	$(if $(filter-out $(BENCHES),$(MODULE)),$(error MODULE=$(MODULE) has no benchmark; use one of: $(BENCHES)))
	mvn -B -ntp -q -T1 -DskipTests $(if $(MODULE),-Dbench=$(MODULE) -pl :$(MODULE) -am,-Pbench) verify

format: ## format the sources
	mvn -B -ntp -q spotless:apply

perf-ai-smoke: $(BUILT) ## 3 min, 1-2 users: does the AI endpoint work
	$(PERF) run ai-smoke

perf-ai-load: $(BUILT) ## 12 min, 3-5 users: sustained AI load
	$(PERF) run ai-load

perf-ai-stress: $(BUILT) ## 17 min, 5-15 users: where does it break
	$(PERF) run ai-stress

perf-ai-spike: $(BUILT) ## 8 min, 2-20-2 users: a sudden surge
	$(PERF) run ai-spike

perf-ai-all: $(BUILT) ## the four above in this order, about 40 min, one verdict
	$(PERF) run ai-all

perf-mixed: $(BUILT) ## 23 min, up to 15 users, 20 % of requests to the model
	$(PERF) run mixed

perf-mixed-heavy: $(BUILT) ## 23 min, up to 15 users, 50 % of requests to the model
	$(PERF) run mixed-heavy

perf-crud: $(BUILT) ## 10 min, 5-10 users, no model; LOAD=smoke, stress or spike for others
	$(PERF) run crud-$(or $(LOAD),load)

perf-errors: $(BUILT) ## 11 min, up to 75 users: errors on purpose, and is each the right one
	$(PERF) run errors

perf-chaos: $(BUILT) ## 6 min with a provider that fails for 2 of them: what holds, how soon it recovers
	$(PERF) run chaos

perf-soak: $(BUILT) ## an hour, 5 users (SOAK_DURATION, SOAK_USERS): does it slow down
	$(PERF) run soak

perf-breakpoint: $(BUILT) ## up to 20 min, a rising rate: how many summaries a minute hold
	$(PERF) run breakpoint

perf-sweep: $(BUILT) ## 10 min, prompts of 100 to 2000 characters: latency and cost of each size
	$(PERF) run payload-sweep

perf-report: $(BUILT) ## draw the report of RUN=reports/... again; without RUN that of the last run
	$(PERF) report $(or $(RUN),$(shell ls -td reports/*/ 2>/dev/null | head -1))

check-scripts: ## type-check the k6 scripts and test their logic (needs node and npm)
	cd perf-scenarios && npm ci --no-audit --no-fund --silent && npm run --silent check && npm test --silent
