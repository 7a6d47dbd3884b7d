package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;

/** OpenAI's sentences about a wrong parameter, each with the parameter and the code that programs go by. */
final class OpenAiInvalid {

    private OpenAiInvalid() {}

    /** The one sentence that comes without a parameter and a code. */
    static RefusedException noModel() {
        return new RefusedException(Kind.INVALID_REQUEST, "you must provide a model parameter");
    }

    static RefusedException missing(String parameter) {
        return invalid("Missing required parameter: '" + parameter + "'.", parameter, "missing_required_parameter");
    }

    /** @param expected what it should be, with its article */
    static RefusedException wrongType(String parameter, String expected) {
        return invalid("Invalid type for '" + parameter + "': expected " + expected + ".", parameter, "invalid_type");
    }

    static RefusedException emptyArray(String parameter) {
        return invalid(
                "Invalid '" + parameter + "': empty array. Expected an array with minimum length 1,"
                        + " but got an empty array instead.",
                parameter,
                "empty_array");
    }

    static RefusedException belowMinimum(String parameter, int least, JsonNode was) {
        return invalid(
                "Invalid '" + parameter + "': integer below minimum value. Expected a value >= " + least + ", but got "
                        + was + " instead.",
                parameter,
                "integer_below_min_value");
    }

    static RefusedException value(String parameter, String sentence) {
        return invalid(sentence, parameter, "invalid_value");
    }

    private static RefusedException invalid(String sentence, String parameter, String code) {
        return new RefusedException(Kind.INVALID_REQUEST, sentence, new Refusal.Detail(parameter, code));
    }
}
