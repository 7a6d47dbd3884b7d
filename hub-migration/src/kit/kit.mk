# Include this from your own Makefile: `include llm-perf-kit/kit.mk`. TARGET names a file of k6/targets.
KIT    := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
TARGET ?= hub-services
PERF   := TARGET=$(TARGET) sh $(KIT)/llm-perf

.PHONY: perf-ai-smoke perf-ai-load perf-ai-stress perf-ai-spike perf-ai-all perf-doctor

perf-ai-smoke: ## 3 min, 1-2 users: does the AI endpoint work
	$(PERF) run ai-smoke

perf-ai-load: ## 12 min, 3-5 users: sustained AI load
	$(PERF) run ai-load

perf-ai-stress: ## 17 min, 5-15 users: where does it break
	$(PERF) run ai-stress

perf-ai-spike: ## 8 min, 2-20-2 users: a sudden surge
	$(PERF) run ai-spike

perf-ai-all: ## the four above in this order, one verdict
	$(PERF) run ai-all

perf-doctor: ## what is here, which engine would run, does the target answer
	$(PERF) doctor
