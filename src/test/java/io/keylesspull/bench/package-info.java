/**
 * What the program costs in time, memory and requests: {@code mvn verify -Pbench}. Each benchmark leaves its figures in
 * {@code target/bench} and puts all that are there together into {@code report.md} and {@code report.json}.
 *
 * <p>What is counted, or measured on the practice cloud's own clock, is the same on every computer, and a wanted ratio
 * that is missed there fails the build. What is measured by the wall clock only says “met” or “not met”: other work on
 * the computer changes it.
 */
package io.keylesspull.bench;
