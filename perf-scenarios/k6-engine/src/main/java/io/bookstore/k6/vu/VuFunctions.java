package io.bookstore.k6.vu;

import io.bookstore.k6.http.HttpSession;
import io.bookstore.k6.script.HostFunctions;
import java.util.Map;

/** The functions of the JVM that the script of a virtual user may call. */
final class VuFunctions {

    private VuFunctions() {}

    /** The functions by name, each of them for that virtual user alone. */
    static Map<String, Object> of(VirtualUser vu, HttpSession http, HostFunctions.Gate gate) {
        HostFunctions functions = new HostFunctions(gate);
        new CoreFunctions(vu).register(functions);
        new MetricFunctions(vu).register(functions);
        HttpFunctions requests = new HttpFunctions(vu, http);
        requests.register(functions);
        new EventStreamFunctions(vu, http, requests).register(functions);
        new ExecutionFunctions(vu).register(functions);
        new DataFunctions(vu).register(functions);
        new CryptoFunctions().register(functions);
        new SubtleFunctions().register(functions);
        return functions.byName();
    }
}
