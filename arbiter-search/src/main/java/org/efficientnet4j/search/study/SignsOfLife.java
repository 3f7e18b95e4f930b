package org.efficientnet4j.search.study;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The last signs of life of other machines' processes, as this process saw them. A process that lives writes another
 * heartbeat every half minute, whatever its clock says; one that has written none for long enough by this process's
 * monotonic clock is taken to be dead. Neither a clock that is set nor two machines' different clocks make a living one
 * look dead, and a dead one does not live on because its last time of day lies ahead.
 */
final class SignsOfLife {
    /** A claim lapses when its process gave no sign for so long. */
    static final Duration LEASE = Duration.ofMinutes(10);

    /**
     * The same for a process of which one sign was seen, a lease away by the times of day: dead for long, or of a clock that
     * was set. Another heartbeat tells which.
     */
    static final Duration CONFIRMATION = Duration.ofMinutes(2);

    private final StudyClock clock;
    private final Map<Worker, Seen> seen = new HashMap<>();

    SignsOfLife(StudyClock clock) {
        this.clock = clock;
    }

    /**
     * A heartbeat.
     *
     * @param nanos the moment at which it was first seen
     * @param beats true if the one before was seen as well: the process lived then, whatever its clock says
     */
    private record Seen(long heartbeat, long nanos, boolean beats) {}

    /** Looks at a process's last heartbeat. */
    Verdict judge(Worker worker, long heartbeat) {
        Seen last = seen.get(worker);
        if (last == null || last.heartbeat() != heartbeat) {
            last = new Seen(heartbeat, clock.nanos().getAsLong(), last != null);
            seen.put(worker, last);
        }
        long silent = clock.millisSince(last.nanos());
        boolean suspect = !last.beats() && Math.abs(clock.now() - heartbeat) > LEASE.toMillis();
        if (silent > (suspect ? CONFIRMATION : LEASE).toMillis()) {
            seen.remove(worker);
            return Verdict.DEAD;
        }
        return suspect ? Verdict.SUSPECT : Verdict.ALIVE;
    }

    /** The state of a process that cannot be asked. */
    enum Verdict {
        ALIVE,
        /** Dead or alive: known within {@link SignsOfLife#CONFIRMATION}. */
        SUSPECT,
        DEAD
    }
}
