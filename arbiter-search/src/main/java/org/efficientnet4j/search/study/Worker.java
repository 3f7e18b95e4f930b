package org.efficientnet4j.search.study;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * The process that claims a trial. A process id may be used again after its process died, so the start time belongs to
 * it.
 *
 * @param machine the host's name
 * @param process its id
 * @param started milliseconds since 1970, 0 where the system does not tell
 */
record Worker(String machine, long process, long started) {
    static Worker current() {
        return of(ProcessHandle.current());
    }

    /** True for a process whose life this machine can tell. */
    boolean isOfThisMachine() {
        return machine.equals(hostName());
    }

    /** True if it still runs, for a process of this machine. */
    boolean mayRun() {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> of(handle).started == started)
                .isPresent();
    }

    private static Worker of(ProcessHandle handle) {
        long started = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new Worker(hostName(), handle.pid(), started);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) { // a host without an entry for its own name
            return "localhost";
        }
    }
}
