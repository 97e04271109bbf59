/**
 * What the product does on machines, proven on real programs: {@code mvn verify -Preal-machine}, on Linux, as root.
 *
 * <p>A {@link io.keylesspull.real.Sandbox} of namespaces holds a small internet. A machine in it is a Debian system, of
 * one suite or another ({@link io.keylesspull.real.Suite}), with its own systemd, sshd, network, instance metadata and
 * Docker Engine. Its Azure is a practice cloud in the test's own process, whose control plane makes, starts and stops
 * such machines as it does practice ones; Azure's registries stand before a real Distribution registry; Debian's
 * packages come from where this host's apt gets them, the Azure CLI from a repository of the test's own under its
 * documented name. The product is put together as it puts itself together.
 *
 * <p>Nothing of the host is changed: all mounts, addresses and processes are in namespaces that end with the test,
 * however it ends. What is kept between runs is in {@code /var/cache/keyless-pull-real}
 * ({@code -Dkeylesspull.real.cache} puts it elsewhere) and may be deleted at any time: the Debian systems, Debian's
 * packages, and what the product made of a machine of each suite: about 4 GB; and 1 GB for the package {@code cli}, the
 * system with today's Azure CLI. Machines' disks are in memory, up to 1 GB each.
 */
package io.keylesspull.real;
