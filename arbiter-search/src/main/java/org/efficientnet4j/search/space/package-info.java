/**
 * The choices of a search and their costs: a {@link org.efficientnet4j.search.space.Choice} is a scaling or other
 * blocks of a base network. {@link org.efficientnet4j.search.space.CoefficientSpace}, {@link
 * org.efficientnet4j.search.space.ScalingSpace} and {@link org.efficientnet4j.search.space.BlockSpace} offer them to Arbiter.
 * Nothing is built or trained here.
 */
package org.efficientnet4j.search.space;
