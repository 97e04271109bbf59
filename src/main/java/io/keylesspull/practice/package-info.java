/**
 * The practice cloud: a small Azure inside the program, reached by wire protocols only. Here is what puts it together:
 * PracticeCloud, the content that it starts with, and the hooks by which tests make things go wrong.
 *
 * <p>Not here: any service. Uses all packages below it, none of which uses this one, and of the other rooms time alone.
 */
package io.keylesspull.practice;
