/**
 * The practice directory (Microsoft Entra ID): sign-in, tokens and their verification, and the metadata service by
 * which machines get tokens. Also the interfaces by which others answer for the directory who may do what, and which
 * identities a machine has.
 *
 * <p>Not here: roles and managed identities as resources (arm). Uses wire.
 */
package io.keylesspull.practice.directory;
