using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// The storage classes from which an object is read at once. On a laptop all of them are one disk, and only the name is
/// kept.
/// </summary>
internal static class StorageClasses
{
    public const string Header = "x-amz-storage-class";

    public const string Standard = "STANDARD";

    private static readonly string[] Named =
    [
        "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "REDUCED_REDUNDANCY",
    ];
    private static readonly string[] Unsupported =
    [
        "GLACIER", "DEEP_ARCHIVE", "OUTPOSTS", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP",
    ];

    /// <summary>Null for the standard class, which is never said.</summary>
    public static string? Read(WireRequest request) => request.Header(Header) switch
    {
        null or Standard => null,
        var name when Named.Contains(name) => name,
        var name when Unsupported.Contains(name) =>
            throw ServiceError.Unsupported("s3", $"{name} in the header {Header}"),
        _ => throw new ServiceError("InvalidStorageClass", "The storage class you specified is not valid"),
    };
}
