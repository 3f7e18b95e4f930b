package org.efficientnet4j.backend;

/**
 * Something that keeps a program from running here.
 *
 * @param what the problem, with the values that show it; no full stop
 * @param remedy what to do about it, starting in lower case; no full stop
 */
public record Problem(String what, String remedy) {
    @Override
    public String toString() {
        return what + "; " + remedy + ".";
    }
}
