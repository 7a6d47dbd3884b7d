package io.bookstore.perf.metrics;

/** Names of metrics: those of k6, and those that the scripts of the kit declare. */
public final class MetricNames {
    public static final String VUS = "vus";
    public static final String VUS_MAX = "vus_max";
    public static final String ITERATIONS = "iterations";
    public static final String ITERATION_DURATION = "iteration_duration";
    public static final String DROPPED_ITERATIONS = "dropped_iterations";
    public static final String DATA_SENT = "data_sent";
    public static final String DATA_RECEIVED = "data_received";
    public static final String CHECKS = "checks";
    public static final String GROUP_DURATION = "group_duration";
    public static final String HTTP_REQS = "http_reqs";
    public static final String HTTP_REQ_DURATION = "http_req_duration";
    public static final String HTTP_REQ_BLOCKED = "http_req_blocked";
    public static final String HTTP_REQ_CONNECTING = "http_req_connecting";
    public static final String HTTP_REQ_TLS_HANDSHAKING = "http_req_tls_handshaking";
    public static final String HTTP_REQ_SENDING = "http_req_sending";
    public static final String HTTP_REQ_WAITING = "http_req_waiting";
    public static final String HTTP_REQ_RECEIVING = "http_req_receiving";
    public static final String HTTP_REQ_FAILED = "http_req_failed";

    public static final String SSE_EVENT = "sse_event";

    public static final String CRUD_ERRORS = "crud_errors";
    public static final String CRUD_RESPONSE_TIME = "crud_response_time";
    public static final String LLM_ANSWERS_WITHOUT_COST = "llm_answers_without_cost";
    public static final String LLM_APP_OVERHEAD = "llm_app_overhead";
    public static final String LLM_CACHE_HITS = "llm_cache_hits";
    public static final String LLM_CANCELLED = "llm_cancelled";
    public static final String LLM_CHUNK_GAP = "llm_chunk_gap";
    public static final String LLM_COST_USD = "llm_cost_usd";
    public static final String LLM_ERRORS = "llm_errors";
    public static final String LLM_INPUT_TOKENS = "llm_input_tokens";
    public static final String LLM_INTER_TOKEN_LATENCY = "llm_inter_token_latency";
    public static final String LLM_OPERATIONS = "llm_operations";
    public static final String LLM_OUTPUT_TOKENS = "llm_output_tokens";
    public static final String LLM_PROVIDER_TIME = "llm_provider_time";
    public static final String LLM_RESPONSE_TIME = "llm_response_time";
    public static final String LLM_RETRIES = "llm_retries";
    public static final String LLM_TOKENS_PER_SECOND = "llm_tokens_per_second";
    public static final String LLM_TRANSPORT_TIME = "llm_transport_time";
    public static final String LLM_TTFT = "llm_ttft";
    public static final String LLM_TURNS = "llm_turns";

    private MetricNames() {}
}
