package org.efficientnet4j.examples.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.text.NearestNames;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;

/**
 * The command line of an example: its flags with their values in a full and in a quick run. {@code --help} and
 * {@code --quick} every example has.
 */
public final class Flags {
    private static final String HELP = "--help";
    private static final String QUICK = "--quick";

    private final String example;
    private final List<String> purpose;
    private final Map<String, Flag> flags = new LinkedHashMap<>();
    private List<String> inOrder = List.of();

    private record Flag(String name, String placeholder, String value, String quickValue, String help) {
        String line() {
            String values = value.equals(quickValue) ? value : value + "; with --quick " + quickValue;
            return "  %-22s %s%s"
                    .formatted(name + " " + placeholder, help, values.isEmpty() ? "" : " (" + values + ")");
        }
    }

    private Flags(String example, List<String> purpose) {
        this.example = example;
        this.purpose = purpose;
    }

    /**
     * A command line without flags of its own.
     *
     * @param example its number and name, such as {@code 02 train-on-shapes}
     * @param purpose lines on what it shows, what to expect and how long it takes
     */
    public static Flags of(String example, String... purpose) {
        return new Flags(example, List.of(purpose));
    }

    /** Adds a flag of one value for full and quick runs; empty for none. */
    public Flags with(String name, String placeholder, String value, String help) {
        return with(name, placeholder, value, value, help);
    }

    /** Adds a flag whose value differs in a quick run. */
    public Flags with(String name, String placeholder, String value, String quickValue, String help) {
        flags.put(name, new Flag(name, placeholder, value, quickValue, help));
        return this;
    }

    /** Lets bare arguments be the values of these flags, in this order. */
    public Flags inOrder(String... names) {
        inOrder = List.of(names);
        return this;
    }

    /**
     * Reads arguments; prints the help and is empty where that is asked for.
     *
     * @throws InvalidInputException for an unknown flag, with the nearest ones, a flag without a value or too many arguments
     */
    public Optional<Given> read(String... arguments) {
        if (Arrays.asList(arguments).contains(HELP) || Arrays.asList(arguments).contains("-h")) {
            System.out.println(help());
            return Optional.empty();
        }
        return Optional.of(given(arguments));
    }

    /**
     * Reads arguments.
     *
     * @throws InvalidInputException as {@link #read}
     */
    public Given given(String... arguments) {
        Map<String, String> typed = new LinkedHashMap<>();
        List<String> bare = new ArrayList<>();
        boolean quick = false;
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i].split("=", 2)[0];
            if (arguments[i].equals(QUICK)) {
                quick = true;
            } else if (!name.startsWith("-")) {
                bare.add(arguments[i]);
            } else if (!flags.containsKey(name)) {
                throw unknown(name);
            } else if (arguments[i].contains("=")) {
                typed.put(name, arguments[i].substring(name.length() + 1));
            } else if (++i < arguments.length) {
                typed.put(name, arguments[i]);
            } else {
                throw new InvalidInputException(name + " must have a value, found none: " + name + " "
                        + flags.get(name).placeholder());
            }
        }
        if (bare.size() > inOrder.size()) {
            throw new InvalidInputException("This example must have at most " + inOrder.size()
                    + (inOrder.size() == 1 ? " argument" : " arguments") + " without a flag, found " + bare
                    + ": --help lists its flags");
        }
        for (int i = 0; i < bare.size(); i++) {
            typed.putIfAbsent(inOrder.get(i), bare.get(i));
        }
        return new Given(typed, quick);
    }

    private InvalidInputException unknown(String name) {
        List<String> known = new ArrayList<>(flags.keySet());
        known.addAll(List.of(QUICK, HELP));
        List<String> nearest = NearestNames.of(name, known);
        return new InvalidInputException("Flags must be among " + String.join(", ", known) + "; found " + name
                + (nearest.isEmpty() ? "" : ": did you mean " + String.join(" or ", nearest) + "?"));
    }

    private String help() {
        StringBuilder text = new StringBuilder("Example " + example + "\n\n");
        purpose.forEach(line -> text.append(line).append('\n'));
        text.append("\nUsage: examples/run ").append(example.split(" ", 2)[0]).append(" [--quick]");
        flags.values().forEach(flag -> text.append(" [%s %s]".formatted(flag.name(), flag.placeholder())));
        text.append("\n\n");
        flags.values().forEach(flag -> text.append(flag.line()).append('\n'));
        text.append("  %-22s %s%n".formatted(QUICK, "a small run that shows the same in seconds"));
        text.append("  %-22s %s".formatted(HELP, "this page"));
        return text.toString();
    }

    /** The values of a start. */
    public final class Given {
        private final Map<String, String> typed;
        private final boolean quick;

        private Given(Map<String, String> typed, boolean quick) {
            this.typed = typed;
            this.quick = quick;
        }

        /** True for a quick run. */
        public boolean quick() {
            return quick;
        }

        /** True if the flag was given, not left at its default. */
        public boolean has(String name) {
            return typed.containsKey(name);
        }

        /** A flag's value as it is; empty where it has none. */
        public String text(String name) {
            Flag flag = flags.get(name);
            return typed.getOrDefault(name, quick ? flag.quickValue() : flag.value());
        }

        /** The model of a name, or of an architecture file. */
        public ModelDefinition model(String name) {
            return ModelCatalog.find(text(name));
        }

        /**
         * A whole number.
         *
         * @throws InvalidInputException for another text, or a number below the least
         */
        public int number(String name, int least) {
            String text = text(name);
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= least) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new InvalidInputException(name + " must be a whole number, found '" + text + "'", e);
            }
            throw new InvalidInputException(name + " must be at least " + least + ", found " + text);
        }

        /**
         * A number.
         *
         * @throws InvalidInputException for another text
         */
        public double decimal(String name) {
            try {
                double value = Double.parseDouble(text(name).strip());
                if (Double.isFinite(value)) {
                    return value;
                }
                throw new InvalidInputException(name + " must be a finite number, found " + value);
            } catch (NumberFormatException e) {
                throw new InvalidInputException(name + " must be a number, found '" + text(name) + "'", e);
            }
        }
    }
}
