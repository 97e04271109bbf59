/**
 * What people install, tried out: {@code mvn verify -Ppackage}, on Linux, as root.
 *
 * <p>{@code jpackage/package.sh} packages what Maven built. The packages are installed on a bare Debian 12 system,
 * which is made by debootstrap and lives in namespaces of its own: a root directory in memory, with its processes.
 * Nothing of the host is changed, and with the test's end, however it comes, the kernel takes everything away. What is
 * kept between runs is in {@code /var/cache/keyless-pull-packages} ({@code -Dkeylesspull.packages.cache} puts it
 * elsewhere) and may be deleted at any time: the bare system and Debian's packages, about 300 MB.
 */
package io.keylesspull.packaging;
