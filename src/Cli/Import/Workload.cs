namespace Jobs.Cli.Import;

/// <summary>A manifest with what becomes of it.</summary>
/// <param name="Manifest">Base and overrides, as they were read.</param>
internal sealed record Workload(string Name, string Type, ManifestNode Manifest)
{
    public const string ScheduledJob = "Scheduled Job";
    public const string WorkerService = "Worker Service";

    /// <summary>Of its class; its file is called so too.</summary>
    public string ClassName => $"{CSharp.Name(Name)}Job";

    public bool IsService => Type == WorkerService;

    /// <summary>It has an image that holds for every environment.</summary>
    public bool HasImage => IsImage(Manifest["image"]);

    /// <summary>Environments that override something.</summary>
    public IEnumerable<string> Environments =>
        Manifest.Find("environments") is { IsMap: true } all ? all.Members.Select(member => member.Key) : [];

    /// <summary>
    /// What holds for every environment that is not named, then those that are. Without an image it holds for none.
    /// </summary>
    public IEnumerable<string?> InOrder() => HasImage
        ? Environments.Cast<string?>().Prepend(null)
        : Environments.OrderByDescending(name => IsImage(In(name)["image"])).DefaultIfEmpty(null);

    /// <summary>As an environment has it; null for one that overrides nothing.</summary>
    public ManifestNode In(string? environment) => Overlay.Apply(
        Manifest, environment is null ? null : Manifest.Find("environments", environment));

    private static bool IsImage(ManifestNode? image) =>
        image is not null && (image.Find("build") ?? image.Find("location")) is not null;
}
