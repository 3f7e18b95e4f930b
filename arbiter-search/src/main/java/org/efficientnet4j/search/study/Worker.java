package org.efficientnet4j.search.study;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The process that claims a trial. A process id may be used again after its process died, so the start belongs to it.
 *
 * @param machine the host's name
 * @param process its id
 * @param started the process's start, as {@link ProcessStart} tells it
 */
record Worker(String machine, long process, long started) {
    static Worker current() {
        ProcessHandle handle = ProcessHandle.current();
        return new Worker(hostName(), handle.pid(), ProcessStart.of(handle));
    }

    /** True for a process whose life this machine can tell. */
    boolean isOfThisMachine() {
        return machine.equals(hostName());
    }

    /** True if it still runs, for a process of this machine. */
    boolean mayRun() {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> ProcessStart.isOf(handle, started))
                .isPresent();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) { // a host without an entry for its own name
            return "localhost";
        }
    }
}
