package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.sampler.Sampler;
import org.efficientnet4j.search.space.Choice;

/**
 * What a command searches.
 *
 * @param title the search in a few words
 * @param baseName the base network as the user named it
 * @param base the base network
 * @param space where the choices lie
 * @param choices every trial's choice, where they are known beforehand; else some examples of what may be proposed
 * @param sampler proposes the choices, where they are not known
 * @param trials how many trials there will be
 * @param reward makes a trial's score
 * @param measuresLatency whether the networks' inference is timed
 */
record SearchPlan(
        String title,
        String baseName,
        ModelDefinition base,
        ParameterSpace<?> space,
        List<? extends Choice> choices,
        Optional<Sampler> sampler,
        int trials,
        Reward reward,
        boolean measuresLatency) {
    /** The base's name, with a file's path in full: trials may be evaluated in another folder. */
    String fullBaseName() {
        return ArchitectureFile.isOne(baseName)
                ? Path.of(baseName).toAbsolutePath().toString()
                : baseName;
    }

    /** A plan whose every trial is known. */
    static SearchPlan ofAll(
            String title, String baseName, ModelDefinition base, ParameterSpace<?> space, List<? extends Choice> all) {
        return new SearchPlan(
                title, baseName, base, space, all, Optional.empty(), all.size(), Reward.accuracy(), false);
    }
}
