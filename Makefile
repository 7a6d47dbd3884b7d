# Thin entry points: each target calls Maven, a built program or compose. `make help` lists them all.
# A variable given on the command line reaches the program: make perf-ai-smoke DURATION_SCALE=0.1 BASE_URL=http://localhost:7002

PERF  := ./llm-perf
# What the service needs for a thousand summaries at a time; bookstore-api/docs/performance.md.
API_JVM := -XX:+UseSerialGC -Xmx320m -Xmn64m
# The classes of the service as the JVM has them in memory: half the processor time of a start. The first run after a build writes it at its end.
API_CLASSES := target/bookstore-api.jsa
# A run needs the service, the runner and the modules that these two are made of; the console is made of the runner. `make build` builds the rest too.
RUN_MODULES := bookstore-api,perf-scenarios/console,perf-scenarios/genai
BUILT := target/built
INPUT := $(shell find pom.xml */pom.xml */*/pom.xml */src/main */*/src/main -type f 2>/dev/null)

# The newest run with results; a suite has those of its scenarios in folders below its own.
LAST_RUN = $(shell ls -t reports/*/summary.json reports/*/*/summary.json 2>/dev/null | head -1 | cut -d/ -f1,2)

BENCHES := llm-simulator llm-instrumentation bookstore-api perf-scenarios perf-console hub-migration

.DEFAULT_GOAL := help
.PHONY: help build run run-aspire run-dev stop health-check health-wait seed-data verify bench format pages release perf-report check-scripts
.PHONY: $(shell sed -n 's/^\(perf-[a-z-]*\):.*/\1/p' $(firstword $(MAKEFILE_LIST)))

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-22s %s\n", $$1, $$2}'

# Without tests and without the checks of Error Prone, which `make verify` has.
$(BUILT): $(INPUT)
	@echo "building service and runner, silently; the first time downloads their libraries"
	@mvn -B -ntp -q -Dstyle.color=never -Dmaven.test.skip=true -P'!error-prone' -pl $(RUN_MODULES) -am package && mkdir -p target && rm -f $(API_CLASSES) && touch $@

build: ## build every module, dashboards and kit included, without running tests
	mvn -B -ntp -q -DskipTests package

run: $(BUILT) ## start the API with its stand-ins, and the console at port 7004; CONSOLE=off for the API alone; Ctrl-C ends both
	@echo "starting the API on port $${MICRONAUT_SERVER_PORT:-7002}$(if $(filter off,$(CONSOLE)),, and the console); Ctrl-C ends all of it"
	@trap : INT; CONSOLE=$(CONSOLE) sh bookstore-api/run-with-console.sh java $(API_JVM) -Xlog:cds*=off -XX:$(if $(wildcard $(API_CLASSES)),SharedArchiveFile,ArchiveClassesAtExit)=$(API_CLASSES) -jar bookstore-api/target/bookstore-api.jar || [ $$? -eq 130 ]

run-aspire: ## start API, MongoDB, Redis, Prometheus, Grafana, Tempo and Aspire Dashboard in Docker
	docker compose --profile full up --build --detach --wait

run-dev: ## start API, MongoDB and Redis in Docker, and nothing else
	docker compose --profile dev up --build --detach --wait

stop: ## stop what run-aspire or run-dev started
	docker compose --profile full --profile dev down

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
	mvn -B -ntp -q -pl '!bom' spotless:apply

release: ## write what would be published to target/release; RELEASING.md
	mvn -B -ntp -q -Prelease -Dmaven.test.skip=true -pl bom,llm-instrumentation-spring-boot,llm-instrumentation-micronaut,llm-instrumentation-agent,perf-scenarios/runner -am -DaltDeploymentRepository=local::file:$(CURDIR)/target/release deploy

pages: ## write docs/scenarios.md and the targets below anew, after a change of a script's meta
	mvn -B -ntp -q -pl perf-scenarios/runner -am test -Dtest=ScenarioPagesTest -Dpages.rewrite=true -Dsurefire.failIfNoSpecifiedTests=false

# scenarios, written by "make pages"
perf-ai-smoke: $(BUILT) ## 3m, 1-2 users. Summaries: does it work at all
	$(PERF) run ai-smoke

perf-ai-load: $(BUILT) ## 12m, 3-5 users. Summaries under a sustained load
	$(PERF) run ai-load

perf-ai-stress: $(BUILT) ## 17m, 5-15 users. Summaries until it breaks
	$(PERF) run ai-stress

perf-ai-spike: $(BUILT) ## 8m, 2-20-2 users. Summaries in a sudden surge
	$(PERF) run ai-spike

perf-ai-stream-smoke: $(BUILT) ## 3m, 1-2 users. As ai-smoke, with answers that stream: first token and gaps as the caller sees them
	$(PERF) run ai-stream-smoke

perf-ai-stream-load: $(BUILT) ## 12m, 3-5 users. As ai-load, with answers that stream
	$(PERF) run ai-stream-load

perf-ai-stream-smoke-open: $(BUILT) ## 3m, 7-14 requests a minute. As ai-stream-smoke, but requests arrive whatever the service does
	$(PERF) run ai-stream-smoke-open

perf-ai-stream-load-open: $(BUILT) ## 12m, 21-35 requests a minute. As ai-stream-load, but requests arrive whatever the service does
	$(PERF) run ai-stream-load-open

perf-ai-smoke-open: $(BUILT) ## 3m, 7-14 requests a minute. As ai-smoke, but requests arrive whatever the service does
	$(PERF) run ai-smoke-open

perf-ai-load-open: $(BUILT) ## 12m, 21-35 requests a minute. As ai-load, but requests arrive whatever the service does
	$(PERF) run ai-load-open

perf-ai-stress-open: $(BUILT) ## 17m, 35-105 requests a minute. As ai-stress, but requests arrive whatever the service does
	$(PERF) run ai-stress-open

perf-ai-spike-open: $(BUILT) ## 8m, 14-140-14 requests a minute. As ai-spike, but requests arrive whatever the service does
	$(PERF) run ai-spike-open

perf-crud-smoke: $(BUILT) ## 2m, 1 user. Single books from creation to deletion
	$(PERF) run crud-smoke

perf-crud-load: $(BUILT) ## 10m, 5-10 users. Plain requests under a sustained load
	$(PERF) run crud-load

perf-crud-stress: $(BUILT) ## 19m, 10-30 users. Plain requests until it breaks
	$(PERF) run crud-stress

perf-crud-spike: $(BUILT) ## 7m40s, 5-50-5 users. Plain requests in a sudden surge
	$(PERF) run crud-spike

perf-breakpoint: $(BUILT) ## 20m, 60-600 requests a minute. Summaries at a rising rate, until its limits do not hold
	$(PERF) run breakpoint

perf-capacity-probe: $(BUILT) ## 1m, 60 requests a minute. Summaries at one rate, as llm-perf capacity probes with
	$(PERF) run capacity-probe

perf-chaos: $(BUILT) ## 6m30s, 180 requests a minute. A provider that fails for 2 minutes: what holds, and how soon it recovers
	$(PERF) run chaos

perf-errors: $(BUILT) ## 10m30s, 10-75 users. Errors on purpose: is each the right one, and is nobody else disturbed
	$(PERF) run errors

perf-mixed: $(BUILT) ## 23m, 5-15 users. Plain requests with 20 % summaries
	$(PERF) run mixed

perf-mixed-heavy: $(BUILT) ## 23m, 5-15 users. Plain requests with 50 % summaries
	$(PERF) run mixed-heavy

perf-mixed-open: $(BUILT) ## 23m, 85-255 requests a minute. As mixed, but requests arrive whatever the service does
	$(PERF) run mixed-open

perf-mixed-heavy-open: $(BUILT) ## 23m, 70-210 requests a minute. As mixed-heavy, but requests arrive whatever the service does
	$(PERF) run mixed-heavy-open

perf-payload-sweep: $(BUILT) ## 10m, 2 users. Prompts of 100 to 2000 characters: latency and cost of each size
	$(PERF) run payload-sweep

perf-replay: $(BUILT) ## 1m, 60 requests a minute. The requests of a recording, with its timing
	$(PERF) run replay

perf-soak: $(BUILT) ## 1h3m, 5 users. Mixed users for long: does it slow down
	$(PERF) run soak

perf-ai-all: $(BUILT) ## ai-smoke, ai-load, ai-stress, ai-spike: one verdict
	$(PERF) run ai-all
# end of scenarios

perf-crud: $(BUILT) ## crud-load; LOAD=smoke, stress or spike for the others
	$(PERF) run crud-$(or $(LOAD),load)

perf-sweep: perf-payload-sweep ## the former name of perf-payload-sweep

perf-report: $(BUILT) ## draw the reports of RUN=reports/... again; without RUN those of the last run
	$(if $(or $(RUN),$(LAST_RUN)),,$(error no run in reports/ has a summary.json; run a scenario first or give RUN=FOLDER))
	$(PERF) report $(or $(RUN),$(LAST_RUN))

perf-compare: $(BUILT) ## is B worse than A: A=reports/before B=reports/after, each a folder of runs
	$(if $(and $(A),$(B)),,$(error name two folders of runs: make perf-compare A=reports/before B=reports/after))
	$(PERF) compare $(A) $(B)

perf-gate: $(BUILT) ## is the build B worse than A: A=old/bookstore-api.jar B=new/bookstore-api.jar; RUN=ai-smoke or another scenario
	$(if $(and $(A),$(B)),,$(error name two jars: make perf-gate A=old/bookstore-api.jar B=new/bookstore-api.jar))
	$(PERF) gate $(or $(RUN),ai-smoke) --baseline-jar $(A) --candidate-jar $(B)

perf-capacity: $(BUILT) ## the highest arrival rate that holds; FROM=10 TO=600 requests a minute, RUN=my-script.js for one of your own
	$(PERF) capacity $(RUN) $(if $(FROM),--from $(FROM)) $(if $(TO),--to $(TO))

perf-console: $(BUILT) ## a page that starts and shows runs, and calls to models of any service; port 7004, Ctrl-C ends it
	$(PERF) console

check-scripts: ## type-check the k6 scripts and test their logic (needs node and npm)
	cd perf-scenarios && npm ci --no-audit --no-fund --silent && npm run --silent check && npm test --silent
