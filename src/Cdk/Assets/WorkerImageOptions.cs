namespace Jobs;

/// <summary>How a worker's image is built. Every property has a default.</summary>
public sealed record WorkerImageOptions
{
    /// <summary>
    /// Processor that the image is built for, and that its jobs run on whatever they declare; on a laptop it is the
    /// laptop's. Default null: the one that the functions were published for, Arm64 unless their build said otherwise.
    /// </summary>
    public Architecture? Architecture { get; init; }

    /// <summary>
    /// What the image is built on, such as <c>mcr.microsoft.com/dotnet/runtime@sha256:…</c>. It is part of the asset's
    /// hash: another base is another image. Default null: the CDK context <c>baseImage</c>, without it .NET 10's
    /// chiseled Ubuntu image with ICU and time zones.
    /// https://github.com/dotnet/dotnet-docker/blob/main/documentation/ubuntu-chiseled.md
    /// </summary>
    public string? BaseImage { get; init; }
}
