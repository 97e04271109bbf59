/** Micro-benchmarks by JMH. They are compiled by the profile {@code bench} alone, which brings JMH. */
package io.keylesspull.bench.micro;
