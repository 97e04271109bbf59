package io.keylesspull.setup.picture;

import io.keylesspull.engine.event.Problem;
import java.util.List;
import java.util.Optional;

/**
 * One thing in the picture.
 *
 * @param name as in Azure; what a run calls it if it is a target; empty for an identity without a name of its own
 * @param details what is known of it, in the order in which it is shown
 * @param resourceId of what Azure's portal has a page for: itself or what it belongs to; empty until that is known
 * @param problem why it failed; empty if it did not
 */
public record Part(
        Kind kind,
        String name,
        Origin origin,
        State state,
        List<Detail> details,
        Optional<String> resourceId,
        Optional<Problem> problem) {

    public Part {
        details = List.copyOf(details);
    }

    /** What a part is. */
    public enum Kind {
        MACHINE,
        SCALE_SET,
        CLUSTER,
        /** A user-assigned identity. */
        IDENTITY,
        /** The system-assigned identities of machines. */
        OWN_IDENTITY,
        /** The kubelet identities of clusters. */
        KUBELET_IDENTITY,
        ROLE,
        REGISTRY,
        IMAGE;

        /** Whether it pulls. */
        public boolean isTarget() {
            return this == MACHINE || this == SCALE_SET || this == CLUSTER;
        }
    }

    /** Whether a part was there before. */
    public enum Origin {
        NEW,
        EXISTING,
        /** Only looking will tell. */
        UNKNOWN
    }

    /** One fact about a part. @param value never empty */
    public record Detail(Label label, String value) {}

    /** What a detail is about. */
    public enum Label {
        GROUP,
        REGION,
        SIZE,
        INSTANCES,
        ID,
        PRINCIPAL_ID,
        LOGIN_SERVER,
        REFERENCE,
        SCOPE,
        REPOSITORIES,
        DIGEST
    }
}
