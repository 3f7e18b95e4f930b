package org.efficientnet4j.cli.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.objective.ProxyCheck;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.objective.StandIns;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.study.Study;

/** The stand-ins of a search as its tables show them beside the whole networks. */
final class StandInView {
    private final StudySpecification search;
    private final StandIns standIns;

    StandInView(StudySpecification search) {
        this.search = search;
        this.standIns = new StandIns(search.proxy(), search.base());
    }

    /**
     * The stand-ins of a study that is only read.
     *
     * @return empty for a study of version 0 whose base network's file is gone: its trials show without their stand-ins
     */
    static Optional<StandInView> of(Study study) {
        String text = study.specification();
        try {
            return Optional.of(new StandInView(StudySpecification.parse(text)));
        } catch (InvalidInputException e) {
            StudySpecification.parseBudgets(text); // throws for what is no specification at all
            return Optional.empty();
        }
    }

    StudySpecification search() {
        return search;
    }

    StandIn standIn(Choice choice) {
        return standIns.of(choice, search.classes());
    }

    /** How far the stand-ins of choices stand for the whole networks. */
    ProxyCheck check(List<? extends Choice> choices, OptionalInt pictureSide) {
        return new ProxyCheck(choices.stream().map(this::standIn).toList(), pictureSide);
    }
}
