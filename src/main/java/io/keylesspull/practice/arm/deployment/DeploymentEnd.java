package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Whether and how a deployment has ended. */
sealed interface DeploymentEnd {

    /** As ARM calls it. */
    String state();

    /** It is under way. */
    record NotYet() implements DeploymentEnd {
        @Override
        public String state() {
            return "Running";
        }
    }

    /** @param outputs by their names */
    record Success(ObjectNode outputs) implements DeploymentEnd {
        @Override
        public String state() {
            return "Succeeded";
        }
    }

    /** @param errors of the resources, each as its provider told it */
    record ResourcesFailed(List<ObjectNode> errors) implements DeploymentEnd {
        @Override
        public String state() {
            return "Failed";
        }
    }

    /** Its resources are there. @param error why its outputs cannot be evaluated */
    record OutputsFailed(ObjectNode error) implements DeploymentEnd {
        @Override
        public String state() {
            return "Failed";
        }
    }

    /** By whoever asked for it. */
    record Canceled() implements DeploymentEnd {
        @Override
        public String state() {
            return "Canceled";
        }
    }
}
