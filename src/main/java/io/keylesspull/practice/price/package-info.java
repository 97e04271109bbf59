/**
 * The practice cloud's price list.
 *
 * <p>Not here: what the program asks it for (azure.price). Uses practice.wire and practice.data.
 */
package io.keylesspull.practice.price;
