package io.bookstore.perf.cli;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.ScriptsOption;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.perf.scenario.Variable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The variables of the scripts, as a part of a command's help. */
final class VariableHelp {

    private static final String SECTION = "variables";
    private static final int NAME_WIDTH = 20;

    private VariableHelp() {}

    /** Puts the variables between options and examples. */
    static void addTo(CommandLine command) {
        List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), SECTION);
        command.setHelpSectionKeys(sections);
        command.getHelpSectionMap().put(SECTION, VariableHelp::text);
    }

    private static String text(CommandLine.Help help) {
        Scenarios scenarios;
        try {
            scenarios = ScriptsOption.ofEnvironment().scenarios();
        } catch (PerfException badScript) {
            // The command says so itself when it is run; its help is none the worse.
            return "";
        }
        if (scenarios.variableNames().isEmpty()) {
            return "";
        }
        TextTable table = TextTable.forColumns(
                help.colorScheme(),
                new Column(NAME_WIDTH, 2, Column.Overflow.TRUNCATE),
                new Column(help.commandSpec().usageMessage().width() - NAME_WIDTH, 1, Column.Overflow.WRAP));
        scenarios.shared().forEach(variable -> addRow(table, "", variable));
        for (String script : scenarios.scripts()) {
            String name = script.replaceAll(".*/|\\.js$", "") + ": ";
            scenarios.variablesOf(script).forEach(variable -> addRow(table, name, variable));
        }
        return String.format("%nVariables of the scripts, by --env or from the environment:%n%s", table);
    }

    private static void addRow(TextTable table, String script, Variable variable) {
        String standard = variable.standard() == null ? "" : "; default " + variable.standard();
        table.addRowValues(variable.name(), script + variable.meaning() + standard);
    }
}
