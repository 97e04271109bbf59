package io.keylesspull.setup.session;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;

/** What is in a registry, as one reader sees it: this computer, or a machine. */
public interface ImageLists {

    /** All repositories' names. */
    Pages<String, Failure> repositories();

    /** A repository's tags, the latest first. */
    Pages<RegistryInfo.Tag, Failure> tags(String repository);
}
