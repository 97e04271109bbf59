package io.keylesspull.azure.model;

import java.util.List;

/**
 * What one network security group says of incoming TCP connections to one port of a machine.
 *
 * @param groupId the group's resource id
 * @param freePriority the highest priority, which is the lowest number, that no rule for incoming connections has
 * @param rules highest priority first: the first that names a caller decides
 */
public record AppliedRules(String groupId, int freePriority, List<Rule> rules) {

    public AppliedRules {
        rules = List.copyOf(rules);
    }

    /** The group's name. */
    public String group() {
        return groupId.substring(groupId.lastIndexOf('/') + 1);
    }

    /**
     * @param name as the group has it, such as {@code default-allow-ssh}
     * @param builtIn whether Azure added it to the group
     * @param sources address ranges; a service tag where Azure does not spell it out
     */
    public record Rule(String name, boolean builtIn, boolean allows, List<String> sources) {

        public Rule {
            sources = List.copyOf(sources);
        }
    }
}
