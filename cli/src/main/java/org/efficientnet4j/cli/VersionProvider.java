package org.efficientnet4j.cli;

import picocli.CommandLine.IVersionProvider;

/** Answers {@code effnet --version} from the jar's manifest. */
final class VersionProvider implements IVersionProvider {
    /** Created by picocli. */
    VersionProvider() {}

    @Override
    public String[] getVersion() {
        String version = Effnet.class.getPackage().getImplementationVersion();
        return new String[] {"effnet " + (version == null ? "(run from classes, without a version)" : version)};
    }
}
