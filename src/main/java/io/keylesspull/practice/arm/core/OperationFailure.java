package io.keylesspull.practice.arm.core;

/**
 * How a long-running operation ends that does not succeed.
 *
 * @param status {@code Failed} or {@code Canceled}
 * @param httpStatus the HTTP status of the operation's result
 * @param code such as {@code AllocationFailed}
 */
public record OperationFailure(String status, int httpStatus, String code, String message) {}
