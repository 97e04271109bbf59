package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Registries;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.request.ImportSource;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The image to pull: an existing one, or one that the registry imports from elsewhere if it does not have it. */
public final class ImageStep extends AzureStep {

    /** What the step is called in plans and events. */
    public static final String NAME = "image";

    private static final String IMPORT = "Microsoft.ContainerRegistry/registries/importImage/action";
    private static final String IMPORTER = "Container Registry Data Importer and Data Reader";

    /** A subscription of another directory than the account signed in to. */
    private static final String OTHER_DIRECTORY = "InvalidAuthenticationTokenTenant";

    private final SetupRequest request;
    private final Optional<ImportSource> source;

    public ImageStep(SetupRequest request, AzureSubscription azure) {
        super(
                StepId.shared(NAME),
                Text.of("setup.step.image", request.image()),
                Text.of("setup.subject.image", request.image()),
                Set.of(CloudFacts.REGISTRY),
                Set.of(CloudFacts.IMAGE, CloudFacts.IMAGE_READER),
                azure);
        this.request = request;
        this.source = request.registry().importSource();
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Text image = Text.of("setup.change.image", request.image());
        Text what = source.map(from -> Text.of("setup.change.import", request.image(), from.toString()))
                .orElse(image);
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        if (registry.isEmpty()) {
            return Preview.create(what);
        }
        Looked looked = look(azure(), registry.get());
        known.found(CloudFacts.IMAGE_READER, looked.reader());
        if (looked.reader().isMachine()) {
            // Only the import tells that the image is there already.
            return source.isPresent() ? Preview.ifMissing(what) : Preview.nothing();
        }
        if (looked.digest().isPresent()) {
            known.found(CloudFacts.IMAGE, registry.get().loginServer() + "/" + request.image());
        }
        return looked.digest().isPresent() ? Preview.keep(image) : Preview.create(what);
    }

    /** @param digest of the image; empty if it is not there, or a machine has to look */
    private record Looked(Optional<String> digest, ImageReader reader) {}

    private Looked look(AzureSubscription azure, RegistryInfo registry) throws AzureException, InterruptedException {
        ImageName image = ImageName.parse(request.image()).orElseThrow();
        try {
            return new Looked(
                    azure.images().digest(registry.loginServer(), image.repository(), image.reference()),
                    ImageReader.THIS_COMPUTER);
        } catch (AzureException e) {
            return new Looked(Optional.empty(), ImageReader.instead(e).orElseThrow(() -> e));
        }
    }

    @Override
    public List<Preflight> checks(Known known) {
        if (source.isPresent()) {
            return known.find(CloudFacts.IMAGE).isPresent() ? List.of() : importable(known, source.get());
        }
        boolean found = known.find(CloudFacts.IMAGE).isPresent();
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        Optional<ImageReader> machine = known.find(CloudFacts.IMAGE_READER).filter(ImageReader::isMachine);
        boolean byMachine = machine.isPresent()
                && registry.filter(one -> one.network().unreachable()).isEmpty();
        Preflight image = new Preflight(
                Text.of(byMachine ? "setup.check.imageByMachine" : "setup.check.image", request.image()),
                () -> found
                        ? Finding.good()
                        : registry.isEmpty()
                                ? Finding.bad(missing(request.registry().name()))
                                : machine.isPresent()
                                        ? notLookedAt(machine.get(), registry.get())
                                        : there(registry.get()));
        return List.of(ifThere(request, known, image));
    }

    private List<Preflight> importable(Known known, ImportSource from) {
        Preflight right = mayDo(
                Text.of("setup.check.import", request.registry().name()),
                known.find(CloudFacts.REGISTRY).map(RegistryInfo::id).orElse(groupId(request.registryGroup())),
                IMPORT,
                IMPORTER,
                grant -> Failure.of(
                        "setup.noImportRight", IMPORT, request.registry().name(), grant.command(), grant.on()));
        return List.of(
                ifThere(request, known, right),
                new Preflight(Text.of("setup.check.importSource", from.toString()), () -> importSource(from)));
    }

    /** Azure fetches the image itself: what keeps this computer from it says nothing. */
    private Finding importSource(ImportSource from) throws AzureException, InterruptedException {
        try {
            return sourceDigest(from).isPresent() ? Finding.good() : Finding.bad(noSource(from));
        } catch (AzureException e) {
            if (from.isResource() && e.code().equalsIgnoreCase(OTHER_DIRECTORY)) {
                return Finding.bad(
                        Failure.of("setup.importElsewhere", e.getMessage(), from.toString(), withPassword(from))
                                .problem());
            }
            Optional<Problem> missing = from.isResource() ? missingOnTheWay(from, e) : Optional.empty();
            if (missing.isPresent()) {
                return Finding.bad(missing.get());
            }
            boolean wantsPassword = !from.isResource() && e.kind() == AzureException.Kind.FORBIDDEN;
            return wantsPassword
                    ? Finding.bad(Failure.of(
                                    "setup.importNotPublic",
                                    e.getMessage(),
                                    from.toString(),
                                    from.registry(),
                                    withPassword(from))
                            .problem())
                    : unchecked(from, e);
        }
    }

    private Optional<String> sourceDigest(ImportSource from) throws AzureException, InterruptedException {
        String repository = from.image().repository();
        String reference = from.image().reference();
        if (!from.isResource()) {
            return azure().publicImages().digest(from.registry(), repository, reference);
        }
        RegistryInfo registry = azure().registry(from.registry());
        return azure().images().digest(registry.loginServer(), repository, reference);
    }

    /**
     * The import by somebody who has a password of the source. A registry's own name need not be that of its server.
     */
    private String withPassword(ImportSource from) {
        return Command.of(importing(
                        from.isResource() ? "SERVER/" + from.image() : from.toString(),
                        "--username",
                        "USER",
                        "--password",
                        "PASSWORD",
                        "--subscription",
                        azure().id()))
                .shellLine();
    }

    private static Problem noSource(ImportSource from) {
        Failure failure = from.isResource()
                ? Failure.of(
                        "setup.missing.importImage",
                        "",
                        from.image().toString(),
                        from.registry().substring(from.registry().lastIndexOf('/') + 1),
                        from.registry().split("/")[2])
                : Failure.of("setup.missing.importSource", "", from.toString());
        return failure.problem();
    }

    /** Which part of the source's resource id Azure does not find; empty if something else is wrong. */
    private static Optional<Problem> missingOnTheWay(ImportSource from, AzureException e) {
        Optional<String> part = switch (e.code()) {
            case "SubscriptionNotFound", "InvalidSubscriptionId" -> Optional.of("Subscription");
            case "ResourceGroupNotFound" -> Optional.of("Group");
            default -> e.kind() == AzureException.Kind.NOT_FOUND ? Optional.of("Registry") : Optional.empty();
        };
        // /subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.ContainerRegistry/registries/NAME
        String[] id = from.registry().split("/");
        return part.map(missing -> Failure.of("setup.missing.import" + missing, e.getMessage(), id[8], id[4], id[2])
                .problem());
    }

    private Finding unchecked(ImportSource from, AzureException e) throws AzureException, InterruptedException {
        Failure failure = from.isResource()
                ? Failure.of(
                        "setup.importUnchecked",
                        e.getMessage(),
                        from.toString(),
                        new Grant(azure()).command(IMPORTER, from.registry()))
                : Failure.of(
                        "setup.importPublicUnchecked",
                        e.getMessage(),
                        from.toString(),
                        from.registry(),
                        withPassword(from));
        return Finding.doubtful(failure.problem());
    }

    private Problem missing(String registry) {
        return Failure.of("setup.missing.image", "", request.image(), registry, RegistryInfo.nameOf(registry))
                .problem();
    }

    /** A machine looks later, unless no machine can. */
    private static Finding notLookedAt(ImageReader machine, RegistryInfo registry) {
        Problem problem = machine.problem(registry);
        return registry.network().unreachable() ? Finding.bad(problem) : Finding.unchecked(problem);
    }

    private Finding there(RegistryInfo registry) throws AzureException, InterruptedException {
        Looked looked = look(azure(), registry);
        return looked.reader().isMachine()
                ? notLookedAt(looked.reader(), registry)
                : Finding.badIf(
                        looked.digest().isPresent() ? Optional.empty() : Optional.of(missing(registry.loginServer())));
    }

    @Override
    public void byHand(Script script, Known known) {
        source.ifPresent(from -> {
            script.comment("The image, imported by Azure");
            // A tag that is there already is not written over: the registry refuses, and it is left alone like here.
            script.runUnless("imported", "already exists in target registry", importing(from));
        });
    }

    private String[] importing(ImportSource from) {
        return from.isResource()
                ? importing(from.image().toString(), "--registry", from.registry())
                : importing(from.toString());
    }

    /** @param more options of the source */
    private String[] importing(String source, String... more) {
        return Stream.concat(
                        Stream.of(
                                "az",
                                "acr",
                                "import",
                                "--resource-group",
                                request.registryGroup(),
                                "--name",
                                request.registryNameByHand(),
                                "--source",
                                source,
                                "--image",
                                request.image()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** An import is an action, not a resource. */
    @Override
    public void template(Template template, Known known) {
        if (source.isPresent() && known.find(CloudFacts.IMAGE).isEmpty()) {
            template.afterwards(
                    "The image has to be imported into the registry, unless it is there.",
                    List.of(template.command(importing(source.get()))));
        }
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        RegistryInfo registry = context.get(CloudFacts.REGISTRY);
        Looked looked = look(azure, registry);
        boolean importing = source.isPresent() && looked.digest().isEmpty();
        if (!importing && looked.digest().isEmpty() && !looked.reader().isMachine()) {
            throw new Failure(missing(registry.loginServer()));
        }
        Outcome outcome = importing
                ? importImage(context, azure.registries(), registry, looked.reader())
                : looked.reader().isMachine()
                        ? Outcome.CHECKED
                        : context.changed(imported(registry)) ? Outcome.CREATED : Outcome.FOUND;
        context.establish(CloudFacts.IMAGE, registry.loginServer() + "/" + request.image());
        context.establish(CloudFacts.IMAGE_READER, looked.reader());
        return new Result(outcome, summary(looked, outcome));
    }

    private Text summary(Looked looked, Outcome outcome) {
        return looked.digest()
                .map(digest -> Text.of("setup.image.found", digest))
                .orElseGet(() -> outcome == Outcome.CREATED || !looked.reader().isMachine()
                        ? Text.of(
                                "setup.image.imported",
                                source.map(ImportSource::toString).orElse(""))
                        : Text.of("setup.image.byMachine", looked.reader().reason()));
    }

    private Outcome importImage(StepContext context, Registries registries, RegistryInfo registry, ImageReader reader)
            throws AzureException, Failure, InterruptedException {
        ImportSource from = source.orElseThrow();
        context.progress(Text.of("setup.image.importing", from.toString()));
        boolean begunBefore = context.changed(imported(registry));
        String repository = ImageName.parse(request.image()).orElseThrow().repository();
        // What an earlier try of this run has brought cannot be told from what was there: it stays.
        Set<String> before = reader.isMachine() || begunBefore
                ? Set.of()
                : azure().images().manifests(registry.loginServer(), repository);
        try {
            Outcome outcome = context.change(List.of(imported(registry)), () -> {
                registries.importImage(registry, from.registry(), from.image().toString(), request.image());
                return Outcome.CREATED;
            });
            if (!reader.isMachine()) {
                recordDigest(context, registry, repository, begunBefore ? Optional.empty() : Optional.of(before));
            }
            return outcome;
        } catch (AzureException e) {
            if (e.kind() != AzureException.Kind.CONFLICT) {
                throw e;
            }
            // The tag is somebody else's, unless an earlier try of this run was cut off before it knew.
            if (!begunBefore) {
                context.reverted(imported(registry));
            }
            return Outcome.FOUND;
        }
    }

    /**
     * So that undo does not delete what somebody pushes under the same tag later, and deletes what came with the image.
     *
     * @param before the repository's manifests before the import; empty if not known
     */
    private void recordDigest(
            StepContext context, RegistryInfo registry, String repository, Optional<Set<String>> before)
            throws AzureException, Failure, InterruptedException {
        Optional<String> digest = look(azure(), registry).digest();
        if (digest.isEmpty()) {
            return;
        }
        List<Change> brought = new ArrayList<>();
        brought.add(ChangeKind.IMPORTED_DIGEST.of(imported(registry).subject() + "@" + digest.get()));
        if (before.isPresent()) {
            for (String platform : azure().images().platforms(registry.loginServer(), repository, digest.get())) {
                if (!before.get().contains(platform)) {
                    brought.add(ChangeKind.IMPORTED_PLATFORM.of(
                            registry.loginServer() + "/" + repository + "@" + platform));
                }
            }
        }
        context.change(brought, digest::get);
    }

    private Change imported(RegistryInfo registry) {
        return ChangeKind.IMPORTED_IMAGE.of(registry.loginServer() + "/" + request.image());
    }
}
