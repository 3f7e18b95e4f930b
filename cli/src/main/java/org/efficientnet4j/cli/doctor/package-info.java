/**
 * Checks of {@code effnet doctor}. {@link org.efficientnet4j.cli.doctor.DoctorReport} is the entry type; every other
 * record here is a part of it and looks at one thing. Limits: processor features are read on Linux alone.
 */
package org.efficientnet4j.cli.doctor;
