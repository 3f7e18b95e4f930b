package org.efficientnet4j.search.study;

/**
 * The contents of a study of version 0 in the form of version 1. Version 0 kept what a search is as command-line flags, the
 * validation figures of all seeds in one list, and a pruned trial's accuracy in the place of its score.
 */
public interface Upgrade {
    /**
     * The specification that flags mean.
     *
     * @param settings the flags as JSON
     * @return the specification's text
     * @throws org.efficientnet4j.core.InvalidInputException for flags that no version 0 wrote, or a base network whose file
     *     is gone
     */
    String specification(String settings);

    /**
     * A trial with its curve split by seed and, where it was pruned, the score its last accuracy means.
     *
     * @param settings the study's flags as JSON
     * @param trial as version 0 kept it, all figures as the first seed's
     * @throws org.efficientnet4j.core.InvalidInputException for flags that no version 0 wrote
     */
    Trial trial(String settings, Trial trial);
}
