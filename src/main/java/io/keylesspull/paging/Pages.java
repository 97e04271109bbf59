package io.keylesspull.paging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A list that a service gives page by page. It is asked for anew each time it is read.
 *
 * @param <T> an item
 * @param <E> what is thrown if the service refuses, or does not respond
 */
@FunctionalInterface
public interface Pages<T, E extends Exception> {

    /**
     * Blocks until the last page has come. An interrupt ends it with an {@link InterruptedException}.
     *
     * @param wantsMore gets each page as it comes, on any thread, one at a time; the next one is asked for only if it
     *     says so
     */
    void read(Predicate<List<T>> wantsMore) throws E, InterruptedException;

    /** A list that is there already, as one page. */
    static <T, E extends Exception> Pages<T, E> of(List<T> items) {
        return wantsMore -> {
            for (List<T> page : List.of(items)) {
                if (!wantsMore.test(page)) {
                    return;
                }
            }
        };
    }

    /** The items of all pages. */
    default List<T> all() throws E, InterruptedException {
        List<T> all = new ArrayList<>();
        read(page -> {
            all.addAll(page);
            return true;
        });
        return List.copyOf(all);
    }

    /** Hands on the items of all pages. @return how many pages there were */
    default int each(Consumer<? super T> each) throws E, InterruptedException {
        AtomicInteger turned = new AtomicInteger();
        read(page -> {
            turned.incrementAndGet();
            page.forEach(each);
            return true;
        });
        return turned.get();
    }

    /** The first item that is wanted; the pages after it are not read. */
    default Optional<T> find(Predicate<T> wanted) throws E, InterruptedException {
        List<T> found = new ArrayList<>();
        read(page -> {
            page.stream().filter(wanted).findFirst().ifPresent(found::add);
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    /** The same pages with other items. */
    default <R> Pages<R, E> map(Function<T, R> change) {
        return wantsMore ->
                read(page -> wantsMore.test(page.stream().map(change).toList()));
    }
}
