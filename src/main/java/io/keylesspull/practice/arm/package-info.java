/**
 * Azure Resource Manager: its state, the router, and what belongs to ARM itself rather than to a resource provider:
 * subscriptions, resource groups, registrations of providers.
 *
 * <p>Not here: the types of resources, which have a package for each resource provider. Uses all packages below it,
 * wire, directory and registry, and of machine the Hypervisor alone.
 */
package io.keylesspull.practice.arm;
