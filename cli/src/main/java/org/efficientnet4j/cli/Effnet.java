package org.efficientnet4j.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.augment.AugmentCommand;
import org.efficientnet4j.cli.bench.BenchCommand;
import org.efficientnet4j.cli.commands.CompareCommand;
import org.efficientnet4j.cli.commands.DoctorCommand;
import org.efficientnet4j.cli.commands.EmbedCommand;
import org.efficientnet4j.cli.commands.EvaluateCommand;
import org.efficientnet4j.cli.commands.ExportCommand;
import org.efficientnet4j.cli.commands.ImportCommand;
import org.efficientnet4j.cli.commands.ModelsCommand;
import org.efficientnet4j.cli.commands.PredictCommand;
import org.efficientnet4j.cli.commands.RecipesCommand;
import org.efficientnet4j.cli.commands.SummaryCommand;
import org.efficientnet4j.cli.commands.TrainCommand;
import org.efficientnet4j.cli.explain.ExplainCommand;
import org.efficientnet4j.cli.notebook.NotebookCommand;
import org.efficientnet4j.cli.search.SearchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code effnet} command: finds the sub-command, runs it, and turns what goes wrong into a message and a code. */
@Command(
        name = "effnet",
        description = "Builds, trains and applies networks of the EfficientNet family.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class Effnet implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // ErrorReporter reads the raw arguments; here the option is accepted and listed
    @Option(
            names = ErrorReporter.STACK_TRACE_OPTION,
            scope = ScopeType.INHERIT,
            description = "Print where an error came from; EFFNET_DEBUG=1 does the same.")
    private boolean stackTrace;

    /** Created by {@link #run}. */
    Effnet() {}

    /** Lets the libraries' logs through to standard error. */
    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show the libraries' logs on standard error.")
    void setVerbose(boolean verbose) {
        if (verbose) {
            Logs.showAll();
        }
    }

    /**
     * Starts the command line and ends the JVM with its exit code.
     *
     * @param arguments what the user typed
     */
    public static void main(String[] arguments) {
        PrintWriter out = writer(FileDescriptor.out, Terminal.standardOutput(), false);
        PrintWriter err = writer(FileDescriptor.err, Terminal.standardError(), true);
        System.exit(run(out, err, arguments));
    }

    /**
     * Data goes to files and pipes as it is; what a terminal would obey is escaped. Not by way of {@code System.out},
     * which keeps a full disk to itself.
     */
    private static PrintWriter writer(FileDescriptor stream, Terminal terminal, boolean flushed) {
        Writer raw = new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8);
        return terminal.interactive()
                ? new TerminalWriter(raw, terminal.colours())
                : new PrintWriter(new BufferedWriter(raw), flushed);
    }

    /**
     * Runs one command in this JVM.
     *
     * @param out receives the result
     * @param err receives messages, progress and logs
     * @param arguments what the user typed
     * @return the exit code: one of {@link ExitCode}
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        ErrorReporter errors = new ErrorReporter(err, ErrorReporter.wantsStackTrace(arguments));
        CommandLine commandLine = commandLine(out, err, errors);
        int code;
        try {
            code = commandLine.execute(arguments);
            code = out.checkError() && code == ExitCode.OK ? errors.outputLost() : code;
        } catch (Throwable thrown) { // picocli hands Errors (out of memory, a missing native library) through
            code = errors.report(thrown, optionsOfLastCommand(commandLine));
        }
        out.flush();
        err.flush();
        return code;
    }

    private static Set<String> optionsOfLastCommand(CommandLine commandLine) {
        ParseResult parsed = commandLine.getParseResult();
        while (parsed != null && parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed == null ? Set.of() : parsed.commandSpec().optionsMap().keySet();
    }

    /** Shows the commands; a script that lost its command must not pass for one that did something. */
    @Override
    public Integer call() {
        Terminal terminal = Terminal.standardError();
        PrintWriter err = spec.commandLine().getErr();
        err.print(Overview.of(spec.commandLine(), terminal.width(), terminal.ansi()));
        err.println("Name a command.");
        return ExitCode.BAD_INPUT;
    }

    /** The commands with their options, as they are parsed. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err, ErrorReporter errors) {
        CommandLine commandLine = new CommandLine(new Effnet())
                .addSubcommand(new ModelsCommand())
                .addSubcommand(new SummaryCommand())
                .addSubcommand(TrainCommand.commandLine())
                .addSubcommand(new RecipesCommand())
                .addSubcommand(new AugmentCommand())
                .addSubcommand(new EvaluateCommand())
                .addSubcommand(CompareCommand.commandLine())
                .addSubcommand(new PredictCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new EmbedCommand())
                .addSubcommand(new ImportCommand())
                .addSubcommand(new ExportCommand())
                .addSubcommand(new SearchCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new NotebookCommand())
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new HelpCommand());
        return commandLine
                .registerConverter(NamedModel.class, NamedModel::new)
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        Terminal.standardOutput().ansi()))
                .setUsageHelpLongOptionsMaxWidth(32)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }
}
