package org.efficientnet4j.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet completion}: a script by which a shell completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a script by which your shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  effnet completion bash > ~/.local/share/bash-completion/completions/effnet",
            "  source <(effnet completion zsh)     (in ~/.zshrc)"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings(
            "UnusedVariable") // one script serves both shells; the name is what users of other programs expect
    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    /** Created by the command line. */
    CompletionCommand() {}

    /** Shells that the script is for. */
    enum Shell {
        /** Bash, from 3.2 on. */
        BASH,
        /** Zsh, through its bashcompinit. */
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
        return ExitCode.OK;
    }
}
