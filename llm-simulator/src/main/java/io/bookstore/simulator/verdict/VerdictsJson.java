package io.bookstore.simulator.verdict;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The verdicts as the admin API shows them. */
public final class VerdictsJson {

    private static final ObjectMapper json = new ObjectMapper();

    private VerdictsJson() {}

    public static String write(List<ClientVerdicts> verdicts) {
        ObjectNode root = json.createObjectNode();
        root.put("good", verdicts.stream().allMatch(ClientVerdicts::good));
        ArrayNode providers = root.putArray("providers");
        for (ClientVerdicts each : verdicts) {
            ObjectNode provider = providers.addObject();
            provider.put("provider", each.provider());
            provider.put("good", each.good());
            provider.put("calls", each.calls());
            provider.put("attempts", each.attempts());
            provider.put("amplification", Math.round(each.amplification() * 1000) / 1000.0);
            ArrayNode rows = provider.putArray("verdicts");
            for (Verdict verdict : each.verdicts()) {
                ObjectNode row = rows.addObject();
                row.put("name", verdict.name());
                row.put("good", verdict.good());
                row.put("cases", verdict.cases());
                row.put("broken", verdict.broken());
                if (!verdict.detail().isEmpty()) {
                    row.put("detail", verdict.detail());
                }
            }
        }
        return root.toString();
    }
}
