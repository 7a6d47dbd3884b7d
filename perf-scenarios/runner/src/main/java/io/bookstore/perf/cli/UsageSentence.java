package io.bookstore.perf.cli;

import io.bookstore.perf.cli.option.Origin;
import io.bookstore.perf.scenario.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The sentence on a command line that cannot be read, where the parser's own would be less clear. */
final class UsageSentence {

    private static final Map<Class<?>, String> expected = Map.of(
            int.class, "a whole number",
            Integer.class, "a whole number",
            long.class, "a whole number",
            double.class, "a number",
            Double.class, "a number");

    private UsageSentence() {}

    /** @param arguments the whole command line */
    static String of(ParameterException failure, List<String> arguments) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String asked = unmatched.getUnmatched().get(0);
            return unmatched.isUnknownOption() ? unknownOption(asked, command) : unknownArgument(asked, command);
        }
        if (failure instanceof MissingParameterException missing
                && missing.getMissing().get(0) instanceof OptionSpec option) {
            return "%s needs a value: %1$s %s.".formatted(option.longestName(), option.paramLabel());
        }
        if (failure.getArgSpec() instanceof OptionSpec option
                && option.typeInfo().isMap()) {
            return "%s must be %s, was \"%s\"."
                    .formatted(Origin.of(option, arguments), option.paramLabel(), failure.getValue());
        }
        if (failure.getArgSpec() instanceof OptionSpec option && expected.containsKey(option.type())) {
            return "%s must be %s, was \"%s\"."
                    .formatted(Origin.of(option, arguments), expected.get(option.type()), failure.getValue());
        }
        return String.valueOf(failure.getMessage());
    }

    private static String unknownOption(String asked, CommandSpec command) {
        String name = asked.split("=", 2)[0];
        List<String> known = command.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .toList();
        return "Unknown option \"" + name + "\""
                + Nearest.to(name, known)
                        .map(near -> ": did you mean " + near + "?")
                        .orElse(".");
    }

    private static String unknownArgument(String asked, CommandSpec command) {
        Set<String> commands = command.subcommands().keySet();
        if (commands.isEmpty()) {
            return "Unexpected argument \"" + asked + "\".";
        }
        return "Unknown command \"" + asked + "\": "
                + Nearest.to(asked, commands)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "use " + String.join(", ", commands) + ".");
    }
}
