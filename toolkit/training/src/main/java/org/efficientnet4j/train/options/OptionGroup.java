package org.efficientnet4j.train.options;

/** The subjects under which options are listed to users, in the order of the list. */
public enum OptionGroup {
    /** Images and how they are read. */
    DATA("Data"),
    /** The algorithm that changes the weights, and the size of its steps. */
    OPTIMISER("Optimiser"),
    /** The length of the run, the learning rate over it, and when it is judged. */
    SCHEDULE("Schedule"),
    /** Means against overfitting. */
    REGULARISATION("Regularisation"),
    /** Image size and regularisation that grow during the run. */
    PROGRESSIVE("Progressive learning"),
    /** Trained weights to start from. */
    TRANSFER("Transfer learning"),
    /** Files of the run directory. */
    OUTPUT("Output");

    private final String title;

    OptionGroup(String title) {
        this.title = title;
    }

    /** The heading in help texts and on the reference page. */
    public String title() {
        return title;
    }
}
