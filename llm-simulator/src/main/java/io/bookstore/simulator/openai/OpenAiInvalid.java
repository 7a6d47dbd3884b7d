package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    /** @param expected what it should be, with its article */
    static RefusedException wrongType(String parameter, String expected, JsonNode was) {
        return wrongType(parameter, expected + ", but got " + kind(was) + " instead");
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal number";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "null";
        };
    }

    static RefusedException tooLong(String parameter, int most, int was) {
        return invalid(
                "Invalid '" + parameter + "': array too long. Expected an array with maximum length " + most
                        + ", but got an array with length " + was + " instead.",
                parameter,
                "array_above_max_length");
    }

    static RefusedException tooManyProperties(String parameter, int most, int was) {
        return invalid(
                "Invalid '" + parameter + "': too many properties. Expected an object with at most " + most
                        + " properties, but got an object with " + was + " properties instead.",
                parameter,
                "object_above_max_properties");
    }

    /** @param name as it is shown */
    static RefusedException longName(String object, String name, String parameter, int most, int was) {
        return invalid(
                "Invalid property name in '" + object + "': '" + name + "' is too long. " + lengths(most, was),
                parameter,
                "property_name_above_max_length");
    }

    static RefusedException longText(String parameter, int most, int was) {
        return invalid(
                "Invalid '" + parameter + "': string too long. " + lengths(most, was),
                parameter,
                "string_above_max_length");
    }

    private static String lengths(int most, int was) {
        return "Expected a string with maximum length " + most + ", but got a string with length " + was + " instead.";
    }

    static RefusedException wrongPrefix(String parameter, String was, String prefix) {
        return value(
                parameter,
                "Invalid '" + parameter + "': '" + was + "'. Expected an ID that begins with '" + prefix + "'.");
    }

    static RefusedException knownItem() {
        return invalid("Item already in conversation", "items", "item_already_in_conversation");
    }

    /** The sentence as the provider has it, with nothing between its quotes and one name cut short. */
    static RefusedException responseAndConversation() {
        return invalid(
                "Mutually exclusive parameters: ''. Ensure you are only providing one of: 'pre..._id' or"
                        + " 'conversation'.",
                "",
                "mutually_exclusive_parameters");
    }

    static RefusedException lockedConversation() {
        return invalid(
                "Another process is currently operating on this conversation. Please retry in a few seconds.",
                "conversation",
                "conversation_locked");
    }

    static RefusedException notStreamed(String sentence) {
        return invalid(sentence, "stream", "invalid_request_error");
    }

    static RefusedException unsupported(String parameter, String was, List<String> supported) {
        return unsupported(
                parameter,
                was,
                supported.stream().map(value -> "'" + value + "'").collect(Collectors.joining(", ")));
    }

    static RefusedException unsupported(String parameter, String was, String supported) {
        return value(parameter, "Invalid value: '" + was + "'. Supported values are: " + supported + ".");
    }

    static RefusedException unsupportedParameter(String parameter, String instead) {
        return invalid(
                "Unsupported parameter: '" + parameter + "' is not supported with this model." + instead,
                parameter,
                "unsupported_parameter");
    }

    static RefusedException unsupportedValue(String parameter, JsonNode was, String supported) {
        return invalid(
                "Unsupported value: '" + parameter + "' does not support " + was
                        + " with this model. Only the default (" + supported + ") value is supported.",
                parameter,
                "unsupported_value");
    }

    static RefusedException unsupportedValue(String parameter, String sentence) {
        return invalid(sentence, parameter, "unsupported_value");
    }

    /** The sentence about an argument of a chat that is not known, which comes without a code. */
    static RefusedException unrecognized(String parameter) {
        return new RefusedException(Kind.INVALID_REQUEST, "Unrecognized request argument supplied: " + parameter);
    }

    static RefusedException notFound(String parameter, String sentence) {
        return invalid(sentence, parameter, "previous_response_not_found");
    }

    static RefusedException unknown(String parameter) {
        return invalid("Unknown parameter: '" + parameter + "'.", parameter, "unknown_parameter");
    }

    static RefusedException aboveMaximum(String parameter, String kind, int most, JsonNode was) {
        return invalid(
                "Invalid '" + parameter + "': " + kind + " above maximum value. Expected a value <= " + most
                        + ", but got " + was + " instead.",
                parameter,
                kind + "_above_max_value");
    }

    static RefusedException withoutCode(String sentence, String parameter) {
        return invalid(sentence, parameter, "");
    }

    /** @param owner the thing that the schema belongs to */
    static RefusedException schema(String owner, @Nullable String rule, String parameter, String code) {
        return invalid("Invalid schema for " + owner + ": " + rule, parameter, code);
    }

    static RefusedException emptyArray(String parameter) {
        return invalid(
                "Invalid '" + parameter + "': empty array. Expected an array with minimum length 1,"
                        + " but got an empty array instead.",
                parameter,
                "empty_array");
    }

    static RefusedException belowMinimum(String parameter, String kind, int least, JsonNode was) {
        return invalid(
                "Invalid '" + parameter + "': " + kind + " below minimum value. Expected a value >= " + least
                        + ", but got " + was + " instead.",
                parameter,
                kind + "_below_min_value");
    }

    static RefusedException value(String parameter, String sentence) {
        return invalid(sentence, parameter, "invalid_value");
    }

    private static RefusedException invalid(String sentence, String parameter, String code) {
        return new RefusedException(Kind.INVALID_REQUEST, sentence, new Refusal.Detail(parameter, code));
    }
}
