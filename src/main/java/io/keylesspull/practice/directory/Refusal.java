package io.keylesspull.practice.directory;

/**
 * How the directory refuses a sign-in.
 *
 * @param error as in RFC 6749 or RFC 8628, such as {@code interaction_required}
 * @param code the number behind {@code AADSTS}; 0 if there is none
 * @param claims what a new sign-in has to ask for; empty if nothing
 */
public record Refusal(String error, int code, String description, String claims) {}
