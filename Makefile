# Thin entry points: each target calls Maven, a built program or compose. `make help` lists them all.
# A variable given on the command line reaches the program: make perf-ai-smoke DURATION_SCALE=0.1 BASE_URL=http://localhost:7002

PERF  := java -jar perf-scenarios/target/perf.jar
BUILT := target/built
INPUT := $(shell find pom.xml */pom.xml */src/main -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help build run verify format perf-ai-smoke perf-ai-load perf-ai-stress perf-ai-spike

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-18s %s\n", $$1, $$2}'

$(BUILT): $(INPUT)
	mvn -B -ntp -q -DskipTests package && mkdir -p target && touch $@

build: $(BUILT) ## build every module, without tests

run: $(BUILT) ## start the API with its stand-ins in the foreground; Ctrl-C ends it
	java -jar bookstore-api/target/bookstore-api.jar

verify: ## build and pass every test
	mvn -B -ntp verify

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
