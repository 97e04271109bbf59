/**
 * Lists that come page by page, as Azure and registries give them.
 *
 * <p>Not here: how they are asked for, and what is in them.
 */
package io.keylesspull.paging;
