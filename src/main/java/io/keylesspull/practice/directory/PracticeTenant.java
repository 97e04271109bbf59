package io.keylesspull.practice.directory;

/**
 * A directory of the practice cloud, in which the practice user has an account.
 *
 * @param name as shown to people
 * @param domain its default domain
 * @param account the user's own account, or that of a guest, which has another object id
 */
public record PracticeTenant(String name, String domain, PracticeUser account) {

    /** The directory's GUID. */
    public String id() {
        return account.tenantId();
    }

    /** @param named an id or a domain, compared without case */
    boolean is(String named) {
        return named.equalsIgnoreCase(id()) || named.equalsIgnoreCase(domain);
    }
}
