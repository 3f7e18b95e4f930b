/** Text for people: {@link org.efficientnet4j.core.text.Printable} makes text from outside fit for terminals and logs. */
package org.efficientnet4j.core.text;
