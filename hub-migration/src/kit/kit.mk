# Include this from your own Makefile: `include llm-perf-kit/kit.mk`. TARGET names a file of k6/targets.
KIT    := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
TARGET ?= hub-services
PERF   := TARGET=$(TARGET) sh $(KIT)/llm-perf

.PHONY: perf-ai-smoke perf-ai-load perf-ai-stress perf-ai-spike perf-ai-all perf-doctor

# scenarios, written by "make pages"
perf-ai-smoke: ## 3m, 1-2 users. Summaries: does it work at all
	$(PERF) run ai-smoke

perf-ai-load: ## 12m, 3-5 users. Summaries under a sustained load
	$(PERF) run ai-load

perf-ai-stress: ## 17m, 5-15 users. Summaries until it breaks
	$(PERF) run ai-stress

perf-ai-spike: ## 8m, 2-20-2 users. Summaries in a sudden surge
	$(PERF) run ai-spike

perf-ai-all: ## ai-smoke, ai-load, ai-stress, ai-spike: one verdict
	$(PERF) run ai-all
# end of scenarios

perf-doctor: ## what is here, which engine would run, does the target answer
	$(PERF) doctor
