package org.efficientnet4j.train.options;

import java.util.List;
import java.util.stream.Collectors;

/** The reference page of the options, {@code docs/training-options.md}, as Markdown. */
final class OptionsPage {
    /** The command that writes the page. */
    static final String RENEWAL = "mvn -q -pl toolkit/training -am test -Dtest=OptionsPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip -Defficientnet4j.renewPages";

    private static final String HEAD = """
            # Training options

            Every option of a training: its key in `config.yaml`, its flag of `effnet train`, its entry in Java. This page is
            written from the table that all of them derive from; `%s` renews it.

            A flag wins over a file (`--config`), a file over a recipe (`--recipe`), a recipe over the default. In a file a
            key's groups are nested: `data.size` is `size` below `data`.
            """;

    private OptionsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD.formatted(RENEWAL));
        for (OptionGroup group : OptionGroup.values()) {
            page.append("\n## ")
                    .append(group.title())
                    .append("\n\n| key | flag | values | default | |\n|---|---|---|---|---|\n");
            TrainingOption.all().stream()
                    .filter(option -> option.group() == group)
                    .forEach(option -> page.append(row(option)));
        }
        return page.toString();
    }

    private static String row(TrainingOption<?> option) {
        String flags = option.flags().stream().map(OptionsPage::code).collect(Collectors.joining(", "));
        List<String> cells = List.of(
                code(option.path()),
                flags,
                escaped(option.values()),
                escaped(option.defaultText()),
                escaped(option.help()));
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
