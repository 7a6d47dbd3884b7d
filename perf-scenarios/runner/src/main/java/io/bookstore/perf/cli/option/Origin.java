package io.bookstore.perf.cli.option;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The name by which a value was given: that of the option, or of the variable that stands in for it. */
public final class Origin {

    private static final Pattern variable = Pattern.compile("\\$\\{env:(\\w+)");

    private Origin() {}

    /** The origin of an option's value in a command line that has been read. */
    public static String of(CommandSpec command, String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option)
                ? option
                : inPlaceOf(Objects.requireNonNull(command.findOption(option), option));
    }

    /** The origin of an option's value in a command line that cannot be read. */
    public static String of(OptionSpec option, List<String> arguments) {
        boolean typed = arguments.stream()
                .anyMatch(argument -> Stream.of(option.names())
                        .anyMatch(name -> argument.equals(name) || argument.startsWith(name + "=")));
        return typed ? option.longestName() : inPlaceOf(option);
    }

    /** The variable is only in the annotation: the model has its value in place of it. */
    private static String inPlaceOf(OptionSpec option) {
        if (option.userObject() instanceof AnnotatedElement field && field.isAnnotationPresent(Option.class)) {
            Matcher found = variable.matcher(field.getAnnotation(Option.class).defaultValue());
            if (found.find()) {
                return found.group(1);
            }
        }
        return option.longestName();
    }
}
