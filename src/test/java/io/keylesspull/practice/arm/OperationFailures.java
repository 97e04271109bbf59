package io.keylesspull.practice.arm;

import io.keylesspull.practice.arm.core.OperationFailure;

/** The ways in which Azure's long-running operations fail. */
public final class OperationFailures {

    private OperationFailures() {}

    /** Wordings: learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/allocation-failure and others. */
    public static OperationFailure failed(String code) {
        return failed(
                code,
                switch (code) {
                    case "AllocationFailed" ->
                        "Allocation failed. We do not have sufficient capacity for the requested VM "
                                + "size in this region. Read more about improving likelihood of allocation success at "
                                + "http://aka.ms/allocation-guidance";
                    case "SkuNotAvailable" ->
                        "The requested VM size for resource is currently not available in this "
                                + "location. Please try another size or deploy to a different location or different "
                                + "zone. See "
                                + "https://aka.ms/azureskunotavailable for details.";
                    case "QuotaExceeded" ->
                        "Operation could not be completed as it results in exceeding approved quota.";
                    default -> "The resource operation completed with terminal provisioning state 'Failed'.";
                });
    }

    public static OperationFailure failed(String code, String message) {
        return new OperationFailure("Failed", 409, code, message);
    }

    /** By another operation. */
    public static OperationFailure canceled() {
        return new OperationFailure(
                "Canceled",
                409,
                "OperationPreempted",
                "Operation execution has been preempted by a more recent operation.");
    }
}
